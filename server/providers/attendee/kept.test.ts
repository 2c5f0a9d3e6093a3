import { describe, expect, test } from "vitest";
import { keptChange, keptEvent, keptMetadata } from "./kept.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";
import { arrivalData, attendeeBody, joinData } from "./testing/sample.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const event = (changes: { [key: string]: PythonJson }) =>
  bytes(
    attendeeBody({ trigger: "participant_events.join_leave", data: { ...joinData, ...changes } }),
  );
const change = (changes: { [key: string]: PythonJson }) =>
  bytes(attendeeBody({ trigger: "bot.state_change", data: { ...arrivalData, ...changes } }));

describe("a stored participant event", () => {
  test("gives its id and its data", () => {
    const event_data = { isHost: { before: false, after: true } };
    expect(keptEvent(event({ event_data }))).toEqual({ id: joinData.id, eventData: event_data });
  });

  test.each<[string, Uint8Array]>([
    ["without either", event({ id: null, event_data: null })],
    ["with an empty id and data that are a list", event({ id: "", event_data: [] })],
    ["with an id that is a number", event({ id: 7, event_data: "x" })],
    ["that was erased", bytes("")],
    ["that is no JSON", bytes("{")],
    ["that is no UTF-8", new Uint8Array([0xff])],
    ["without data", bytes("{}")],
    ["that is null", bytes("null")],
  ])("%s gives nothing", (_what, body) => {
    expect(keptEvent(body)).toEqual({ id: null, eventData: null });
  });
});

describe("a stored change of state", () => {
  test.each([
    ["2026-08-20T14:03:19.123456+00:00", "2026-08-20T14:03:19.123456Z"],
    ["2026-08-20T14:03:19+00:00", "2026-08-20T14:03:19Z"],
    ["2026-08-20T14:03:19.5Z", "2026-08-20T14:03:19.5Z"],
    ["2026-08-21T01:33:19.000001+0530", "2026-08-20T20:03:19.000001Z"],
  ])("at %s happened at %s", (created_at, createdAt) => {
    expect(keptChange(change({ created_at }))).toEqual({
      type: "joined_meeting",
      subType: null,
      newState: "joined_not_recording",
      createdAt,
      joinAt: null,
    });
  });

  test.each<[string, Uint8Array]>([
    ["without a time", change({ created_at: null })],
    ["at no time", change({ created_at: "2026-08-20T14:03:19" })],
    ["at a time that is none", change({ created_at: "2026-99-20T14:03:19Z" })],
    ["without a type", change({ event_type: null })],
    ["that was erased", bytes("")],
  ])("%s is none", (_what, body) => {
    expect(keptChange(body)).toBeNull();
  });
});

test("metadata are given as they came, a bot's or an app session's", () => {
  const metadata = { "10": "a", "9": "b", team: "Ñandú", deep: { list: [1, null] } };
  expect(keptMetadata(bytes(pythonJson({ bot_id: "bot_1", bot_metadata: metadata })))).toEqual(
    metadata,
  );
  const session = { app_session_id: "app_1", app_session_metadata: metadata };
  expect(keptMetadata(bytes(pythonJson(session)))).toEqual(metadata);
  for (const none of [{ bot_metadata: null }, { bot_metadata: ["x"] }, {}]) {
    expect(keptMetadata(bytes(pythonJson(none)))).toBeNull();
  }
});
