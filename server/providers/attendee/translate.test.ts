import { describe, expect, it } from "vitest";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";
import { arrivalData, attendeeBody, BOT, joinData, TEN } from "./testing/sample.ts";
import { read } from "./translate.ts";

const PRESENCE = "participant_events.join_leave";
const STATE = "bot.state_change";

function readText(body: string): DeliveryReading {
  return read(new TextEncoder().encode(body));
}

function changed(created_at: string): DeliveryReading {
  return readText(attendeeBody({ trigger: STATE, data: { ...arrivalData, created_at } }));
}

describe("one event that arrives twice", () => {
  it("is one delivery when it is sent again, even with other metadata", () => {
    const readWith = (bot_metadata: PythonJson) =>
      readText(attendeeBody({ trigger: PRESENCE, data: joinData, bot_metadata }));
    expect(readWith({ customer: "cus_43" })).toEqual(readWith(null));
    expect(readWith({ title: "Renamed" })).toMatchObject({
      id: "0b9f2f7e-5f0c-4d3e-9a58-3f1b7c2d0e11",
      occurrence: `participant_event|${joinData.id}`,
      about: { title: "Renamed" },
    });
  });

  it("is two deliveries of one occurrence through two subscriptions", () => {
    const readWith = (idempotency_key: string) =>
      readText(attendeeBody({ trigger: PRESENCE, data: joinData, idempotency_key }));
    expect(readWith("k-2")).toEqual({ ...readWith("k-1"), id: "k-2" });
  });

  it("is one state change for every spelling of its time, and another at another time", () => {
    const change = changed("2026-03-12T10:00:00.123456+00:00");
    expect(changed("2026-03-12T10:00:00.123456Z")).toEqual(change);
    expect(changed("2026-03-12T11:00:00.123+01:00")).toEqual(change);
    expect(changed("2026-03-12T10:00:00.124+00:00")).not.toEqual(change);
  });
});

describe("a delivery without an id", () => {
  it("is named by its body when it is ignored", () => {
    const body = pythonJson({ trigger: "transcript.update", data: {} });
    expect(readText(body)).toMatchObject({
      kind: "ignored",
      id: expect.stringMatching(/^body\|[0-9a-f]{64}$/),
    });
    expect(readText(body)).toEqual(readText(body));
    expect(readText(`${body}\n`)).not.toEqual(readText(body));
  });
});

it("takes microseconds to the nearest millisecond", () => {
  const at = (created_at: string) => {
    const reading = changed(created_at);
    const event = reading.kind === "events" ? reading.about.events[0] : undefined;
    return event && event.at - TEN;
  };
  expect(at("2026-03-12T10:00:00.000499+00:00")).toBe(0);
  expect(at("2026-03-12T10:00:00.000500+00:00")).toBe(1);
  expect(at("2026-03-12T10:00:00.999999+00:00")).toBe(1_000);
  expect(at("2026-03-12T10:00:00.999+00:00")).toBe(999);
});

it("ignores unknown triggers before it checks any field", () => {
  const data = { event_type: "levitate" };
  expect(readText(pythonJson({ trigger: PRESENCE, data })).kind).toBe("ignored");
  expect(readText(pythonJson({ trigger: STATE, data })).kind).toBe("ignored");
  expect(readText(pythonJson({ trigger: STATE, data: { event_type: "ended" } })).kind).toBe(
    "ignored",
  );
});

it("names the room of an observer with a reason of any length", () => {
  const data = { ...arrivalData, event_type: "fatal_error", event_sub_type: "x".repeat(500) };
  expect(readText(attendeeBody({ trigger: STATE, data }))).toMatchObject({
    about: {
      room: BOT,
      events: [{ type: "observer_left", reason: `fatal_error/${"x".repeat(188)}` }],
    },
  });
});

describe("the end of a bot shows", () => {
  const ended = (more: Record<string, PythonJson>) => {
    const data = { ...arrivalData, event_type: "meeting_ended", new_state: "post_processing" };
    const reading = readText(attendeeBody({ trigger: STATE, data: { ...data, ...more } }));
    return reading.kind === "events" ? reading.about.events[0] : undefined;
  };

  it.each<[string, PythonJson, boolean | undefined]>([
    ["joining", null, true],
    ["waiting_room", null, true],
    ["joined_recording", null, false],
    ["joining_breakout_room", null, false],
    ["leaving", null, undefined],
    ["post_processing", null, undefined],
  ])("whether the bot was outside, when it was %s", (old_state, event_sub_type, outside) => {
    const event = ended({ old_state, event_sub_type });
    expect(event).toMatchObject({ type: "observer_left" });
    expect(event && "outside" in event ? event.outside : undefined).toBe(outside);
  });

  it("who removed it, and that it was removed where the remover has no name", () => {
    expect(ended({ event_metadata: { remover_name: "Ida Blum" } })).toMatchObject({
      removed: true,
      by: "Ida Blum",
    });
    const nameless = ended({ event_metadata: { remover_name: null, remover_uuid: "8:orgid:1" } });
    expect(nameless).toMatchObject({ removed: true });
    expect(nameless).not.toHaveProperty("by");
    for (const event_metadata of [{}, null, "odd", { remover_name: "" }]) {
      expect(ended({ event_metadata })).not.toHaveProperty("removed");
    }
  });
});
