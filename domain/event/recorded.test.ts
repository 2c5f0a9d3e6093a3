import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { packFacts, unpackFacts } from "#domain/live/packing.ts";
import { rules } from "#domain/testing/history.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isAboutParticipant, type MeetingEvent } from "./event.ts";
import type { Field } from "./fields.ts";
import { type Recorded, toEvent, toEventData, UnreadableEvent } from "./recorded.ts";
import { EVENTS, PARTICIPANT_EVENTS } from "./table.ts";

const anyTime = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

/** Values of a field, by what its kind is called. */
function valuesOf({ called, presence }: Field): fc.Arbitrary<unknown> {
  const kinds: Record<string, fc.Arbitrary<unknown>> = {
    "a text": fc.string({ unit: "binary" }),
    "a time": anyTime,
    "true or false": fc.boolean(),
    true: fc.constant(true),
    "a list of texts": fc.array(fc.string(), { maxLength: 3 }),
  };
  const values = kinds[called] ?? fc.constantFrom(...called.replace("one of ", "").split(", "));
  if (presence === "unsaid") return fc.constant(null);
  return presence === "nullable" ? fc.option(values) : values;
}

/** Every event that the tables allow. */
const events: fc.Arbitrary<MeetingEvent> = fc.oneof(
  ...Object.entries(EVENTS).map(([type, fields]) => {
    const all: [string, Field][] = Object.entries(fields);
    const model: Record<string, fc.Arbitrary<unknown>> = {
      at: anyTime,
      ...(type in PARTICIPANT_EVENTS && { participantId: fc.string() }),
      ...Object.fromEntries(all.map(([key, field]) => [key, valuesOf(field)])),
    };
    const mayLack = all.filter(([, { presence }]) => presence === "optional").map(([key]) => key);
    const requiredKeys = Object.keys(model).filter((key) => !mayLack.includes(key));
    return fc
      .record(model, { noNullPrototype: true, requiredKeys })
      .map((values) => eventOf({ type }, values));
  }),
);

/** What is made by the tables is an event. */
function eventOf(...made: object[]): MeetingEvent {
  return Object.assign({}, ...made);
}

function recordOf(event: MeetingEvent): Recorded {
  return {
    seq: 1,
    type: event.type,
    at: toWireTime(event.at),
    person_id: null,
    participant_id: isAboutParticipant(event) ? event.participantId : null,
    data: toEventData(event),
    delivery_id: "42",
  };
}

describe("every event", () => {
  it("survives the wire, on which it says nothing else", () => {
    fc.assert(
      fc.property(events, (event) => {
        const sent: Recorded = JSON.parse(JSON.stringify(recordOf(event)));
        const read = toEvent(sent);
        expect(read).toEqual(event);
        expect(toEventData(read)).toEqual(sent.data);
      }),
      { numRuns: 1_000 },
    );
  });

  it("survives the packing on a page", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 8 }), (all) => {
        const records = all.map((event, index) => ({ ...recordOf(event), seq: index + 1 }));
        const facts = {
          id: "m1",
          source: { id: "s1", provider: "daily", name: "Clinic" },
          ...{ room_id: "7", room: "ward", title: null, rules, seq: records.length },
          ...{ events: records, returned: [], overtaken_at: null, erased: null },
          ...{ as_of: "2026-11-20T13:00:00.000Z", time_zone: "UTC" },
        };
        const unpacked = unpackFacts(packFacts(facts));
        expect(unpacked).toStrictEqual(facts);
        expect(unpacked.events.map(toEvent)).toEqual(all);
      }),
    );
  });
});

const at = "2026-11-20T10:00:00.000Z";

/** The fields of all types, each with a whole row of its type. */
const fields = Object.entries(EVENTS).flatMap(([type, own]) => {
  const [event] = fc.sample(
    events.filter((one) => one.type === type),
    { numRuns: 1, seed: 7 },
  );
  const all: Field[] = Object.values(own);
  return event === undefined
    ? []
    : all.map((field) => [type, field.name, field, recordOf(event)] as const);
});

describe("a row that is broken", () => {
  test.each(fields.filter(([, , { presence }]) => presence !== "unsaid"))(
    "is refused with the name of its field: %s, %s",
    (_type, name, _field, row) => {
      const broken = { ...row, data: { ...row.data, [name]: { toString: "x" } } };
      expect(() => toEvent(broken)).toThrow(UnreadableEvent);
      expect(() => toEvent(broken)).toThrow(expect.objectContaining({ field: name }));
    },
  );

  test.each(fields.filter(([, , { presence }]) => presence === "required"))(
    "is refused without what was always written: %s, %s",
    (type, name, _field, row) => {
      const data = { ...row.data };
      Reflect.deleteProperty(data, name);
      expect(() => toEvent({ ...row, data })).toThrow(`${type} cannot be read: its ${name} is not`);
    },
  );

  it("is refused without its participant, with a time that is none, or of an unknown type", () => {
    const joined: Recorded = {
      ...recordOf({ type: "observer_joined", at: 0 }),
      type: "joined",
      at,
    };
    expect(() => toEvent(joined)).toThrow("its participant_id is not a text");
    expect(() => toEvent({ ...joined, at: "ten" })).toThrow("its at is not a time");
    const unknown: Recorded = JSON.parse(JSON.stringify({ ...joined, type: "danced" }));
    expect(() => toEvent(unknown)).toThrow("its type is not a known one");
  });
});

describe("a row that an earlier version wrote", () => {
  const of = (type: Recorded["type"], data: Recorded["data"], participant_id: string | null) =>
    toEvent({ type, at, participant_id, data });

  it("has what was added later as absent", () => {
    const who = { userId: null, name: "Ada", isHost: null };
    const ms = Date.parse(at);
    expect(of("left", { name: "Ada" }, "a")).toStrictEqual({
      ...{ type: "left", at: ms, participantId: "a" },
      ...{ ...who, joinedAt: null },
    });
    expect(of("meeting_ended", { started_at: at }, null)).toStrictEqual({
      ...{ type: "meeting_ended", at: ms },
      ...{ providerMeetingId: null, startedAt: ms },
    });
    expect(of("observer_left", {}, null)).toStrictEqual({
      ...{ type: "observer_left", at: ms, reason: null },
    });
  });

  it("is read the same where it says null, and passes over what it has besides", () => {
    const data = JSON.parse('{"reason": "gone", "by": null, "removed": null, "colour": 7}');
    expect(of("observer_left", data, null)).toEqual(of("observer_left", { reason: "gone" }, null));
  });
});
