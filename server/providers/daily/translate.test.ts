import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import { ADA, connection, dailyBody, ROOM, TEN, TEN_MS } from "./testing/sample.ts";
import { read } from "./translate.ts";

function readText(body: string): DeliveryReading {
  return read(new TextEncoder().encode(body));
}

function only(reading: DeliveryReading) {
  return reading.kind === "events" ? reading.about.events[0] : reading;
}

/** Any moment of this century, in whole milliseconds. */
const moment = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2099, 0, 1) });

describe("a time that Daily gives in seconds", () => {
  it("is exact to the millisecond, for every spelling of the fraction", () => {
    fc.assert(
      fc.property(moment, (at) => {
        const body = dailyBody("participant.joined", { ...connection, joined_at: at / 1000 });
        expect(only(readText(body))).toMatchObject({ at });
      }),
    );
  });

  it("gives back the moment of leaving from a duration with the noise of a subtraction", () => {
    const visit = fc.integer({ min: 0, max: 30 * 86_400_000 });
    fc.assert(
      fc.property(moment, visit, (joinedAt, ms) => {
        const at = joinedAt + ms;
        const duration = at / 1000 - joinedAt / 1000;
        const body = dailyBody("participant.left", {
          ...connection,
          joined_at: joinedAt / 1000,
          duration,
        });
        expect(only(readText(body))).toMatchObject({ at, joinedAt });
      }),
    );
  });

  it("is whole where Daily left the fraction out", () => {
    const body = dailyBody("meeting.started", { room: ROOM, start_ts: TEN });
    expect(only(readText(body))).toMatchObject({ at: TEN_MS });
    expect(only(readText(body.replace(`${TEN}`, `${TEN}.0`)))).toMatchObject({ at: TEN_MS });
  });
});

describe("one event that arrives twice", () => {
  const left = { ...connection, duration: 14.403000116348267 };

  it("has one occurrence in every webhook that delivers it", () => {
    const first = readText(dailyBody("participant.left", left, "1-a"));
    const second = readText(dailyBody("participant.left", left, "2-b"));
    expect(first).toMatchObject({
      id: "1-a",
      occurrence: `participant.left|${ROOM}|${ADA}|${TEN_MS}`,
    });
    expect(second).toEqual({ ...first, id: "2-b" });
  });

  it("has the same occurrence when the duration is computed again", () => {
    const again = readText(dailyBody("participant.left", { ...left, duration: 14.403 }));
    expect(again).toEqual(readText(dailyBody("participant.left", left)));
  });

  it("has another occurrence than other events of the same connection", () => {
    const types = ["joined", "left"].flatMap((end) => [
      `participant.${end}`,
      `waiting-participant.${end}`,
    ]);
    const names = types.map((type) => {
      const reading = readText(dailyBody(type, left));
      return reading.kind === "events" ? reading.occurrence : null;
    });
    expect(new Set(names).size).toBe(4);
  });
});

describe("an id that Daily does not give", () => {
  it("is made of the body, for a type that is ignored", () => {
    const body = dailyBody("recording.started", {}, null);
    const reading = readText(body);
    expect(reading).toMatchObject({
      kind: "ignored",
      id: expect.stringMatching(/^body\|[0-9a-f]{64}$/),
    });
    expect(readText(body)).toEqual(reading);
    expect(readText(`${body} `)).not.toEqual(reading);
  });

  it("is a digest where it would be too long to index", () => {
    const long = { ...connection, room: "r".repeat(600), session_id: "s".repeat(600) };
    expect(readText(dailyBody("participant.joined", long))).toMatchObject({
      occurrence: expect.stringMatching(/^sha256\|[0-9a-f]{64}$/),
      about: { room: long.room },
    });
  });
});

it("ignores a wrong time of sending that it does not need", () => {
  const body = dailyBody("participant.left", { ...connection, duration: 1 });
  const reading = readText(body);
  for (const sent of ["null", '"soon"', "7", "[]"]) {
    expect(readText(body.replace(/"event_ts":[^}]+/, `"event_ts":${sent}`))).toEqual(reading);
  }
});

it("lets no person leave before they joined, for any time of sending", () => {
  const later = { ...connection, joined_at: TEN + 7_200 };
  expect(only(readText(dailyBody("participant.left", later)))).toMatchObject({
    at: TEN_MS + 7_200_000,
    joinedAt: TEN_MS + 7_200_000,
  });
});

it("names the missing field when the time of a leave is unknown", () => {
  const noTime = dailyBody("participant.left", { room: ROOM, session_id: ADA, joined_at: TEN });
  expect(readText(noTime.replace(/,"event_ts":[^}]+/, ""))).toEqual({
    kind: "unreadable",
    reason: "payload.duration is missing",
    type: "participant.left",
    room: ROOM,
  });
});

it("shows an operator a type of any length and content", () => {
  expect(readText(dailyBody(`x\0${"🦊".repeat(300)}`, {}))).toMatchObject({
    kind: "unreadable",
    reason: "type is longer than 1000 bytes",
    type: `x${"🦊".repeat(199)}`,
  });
});
