import { describe, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, recorded, summaryOf } from "#components/testing/facts.ts";
import { isWatchLiveAck, isWatchMeetingAck } from "#domain/live/reading.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { readAnswer, readMessages } from "./read-messages.ts";

function setup() {
  const sent = new Map<string, (message: unknown) => void>();
  const listener = {
    unreadable: vi.fn(),
    pushes: {
      "meeting:events": vi.fn(),
      "floor:changed": vi.fn(),
      "desk:changed": vi.fn(),
      "recording:changed": vi.fn(),
      "live:resync": vi.fn(),
      "meeting:merged": vi.fn(),
    },
  };
  readMessages({ on: (name, heard) => sent.set(name, heard) }, listener);
  return {
    ...listener,
    listener,
    send: (name: string, message?: unknown) => sent.get(name)?.(message),
  };
}

const as_of = at("10:42:10");
const events = recorded(minutes(["10:00", joins("Ada")]));
const changed = { summaries: [summaryOf()], happened: [], today: null, as_of };

describe("a message from the server", () => {
  it("is passed on as it came, with what it has besides", () => {
    const { pushes, unreadable, send } = setup();
    const push = { id: "m1", events, as_of, colour: 7 };
    send("meeting:events", push);
    send("floor:changed", { ...changed, last_event_at: null });
    send("recording:changed", { recording: liveSnapshotOf().recording, as_of });
    send("live:resync");
    send("live:resync", { gone: true });
    send("meeting:merged", { id: "m1", into: "m0" });
    expect(pushes["meeting:events"]).toHaveBeenCalledExactlyOnceWith(push);
    expect(pushes["floor:changed"]).toHaveBeenCalledTimes(1);
    expect(pushes["recording:changed"]).toHaveBeenCalledTimes(1);
    expect(pushes["live:resync"].mock.calls).toEqual([[undefined], [{ gone: true }]]);
    expect(pushes["meeting:merged"]).toHaveBeenCalledTimes(1);
    expect(unreadable).not.toHaveBeenCalled();
  });

  it.each<[what: string, name: string, message: unknown]>([
    ["nothing", "meeting:events", undefined],
    ["a time that is none", "meeting:events", { id: "m1", events, as_of: "now" }],
    [
      "an event without a seq",
      "meeting:events",
      { id: "m1", events: [{ ...events[0], seq: null }], as_of },
    ],
    [
      "an event of a later version",
      "meeting:events",
      { id: "m1", events: [{ ...events[0], type: "danced" }], as_of },
    ],
    [
      "an event that is broken",
      "meeting:events",
      { id: "m1", events: [{ ...events[0], data: { name: 7 } }], as_of },
    ],
    ["a summary that lacks a field", "floor:changed", { ...changed, summaries: [{ id: "m1" }] }],
    [
      "a state that is unknown",
      "floor:changed",
      { ...changed, summaries: [{ ...summaryOf(), status: "paused" }] },
    ],
    ["a text for a list", "floor:changed", { ...changed, happened: "nothing" }],
    ["half a recording", "recording:changed", { recording: { more: 0 }, as_of }],
    ["a merge into nothing", "meeting:merged", { id: "m1", into: null }],
  ])("that says %s is not passed on, but told", (_what, name, message) => {
    const { pushes, unreadable, send } = setup();
    send(name, message);
    expect(unreadable).toHaveBeenCalledTimes(1);
    for (const push of Object.values(pushes)) expect(push).not.toHaveBeenCalled();
  });
});

describe("an answer from the server", () => {
  it("is passed on where it can be read, also a refusal", async () => {
    const { listener, unreadable } = setup();
    const refused = { ok: false, error: { code: "not_found", message: "No such meeting." } };
    const answer = { ok: true, floor: liveSnapshotOf({ meetings: [summaryOf()] }) };
    const read = (sent: unknown) =>
      readAnswer("watch:floor", Promise.resolve(sent), isWatchLiveAck, listener);
    expect(await read(answer)).toBe(answer);
    expect(await read(refused)).toBe(refused);
    expect(unreadable).not.toHaveBeenCalled();
  });

  it("is told and rejected where it cannot, and only rejected where none came", async () => {
    const { listener, unreadable } = setup();
    const read = (sent: Promise<unknown>) =>
      readAnswer("watch:meeting", sent, isWatchMeetingAck, listener);
    await expect(read(Promise.resolve({ ok: true, id: "m1", events }))).rejects.toThrow(
      "watch:meeting",
    );
    expect(unreadable).toHaveBeenCalledTimes(1);
    await expect(read(Promise.reject(new Error("timed out")))).rejects.toThrow("timed out");
    expect(unreadable).toHaveBeenCalledTimes(1);
  });
});
