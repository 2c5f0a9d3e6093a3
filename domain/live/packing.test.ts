import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Recorded, toEventData } from "#domain/event/recorded.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { botRules, clock, histories } from "#domain/testing/history.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { packFacts, unpackFacts } from "./packing.ts";

const factsOf = (events: Recorded[]): MeetingFacts => ({
  id: "m1",
  source: { id: "s1", provider: "daily", name: "Clinic" },
  room_id: "7",
  room: "algebra-2b",
  title: null,
  rules: botRules,
  seq: events.at(-1)?.seq ?? 0,
  events,
  returned: [],
  overtaken_at: null,
  erased: null,
  as_of: toWireTime(clock("13:00")),
  time_zone: "UTC",
});

const nameless = fc.constantFrom(null, "c:s1", "u:ada", 'so "called"');
const delivery = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom(null, "", "007", "1e3", "9007199254740993", "3f2a"),
);

const records: fc.Arbitrary<Recorded[]> = fc
  .oneof(histories(), histories({ bot: true }))
  .chain((events) =>
    fc
      .array(fc.tuple(nameless, delivery, fc.integer({ min: 1, max: 3 })), {
        minLength: events.length,
        maxLength: events.length,
      })
      .map((about) => {
        let last = 0;
        return events.map((event, index) => {
          const [person_id = null, delivery_id = null, step = 1] = about[index] ?? [];
          last += step;
          return {
            seq: last,
            type: event.type,
            at: toWireTime(event.at),
            person_id,
            participant_id: "participantId" in event ? event.participantId : null,
            data: toEventData(event),
            delivery_id,
          };
        });
      }),
  );

describe("the packed facts on a page", () => {
  it("unpack to the same facts", () => {
    fc.assert(
      fc.property(records, (events) => {
        const facts = factsOf(events);
        expect(unpackFacts(packFacts(facts))).toStrictEqual(facts);
      }),
    );
  });

  it("preserve everything in an event, also unknown fields, and absent ones", () => {
    const at = toWireTime(clock("10:00"));
    const correction: Recorded = {
      seq: 1,
      type: "identity_ruled",
      at,
      person_id: null,
      participant_id: null,
      data: {
        ruling: "r1",
        verdict: "same",
        participant_ids: ["s1", "s2"],
        apart_from: [],
        by: "Grace\n“Hopper”",
        ruled_at: toWireTime(clock("12:00")),
      },
      delivery_id: null,
    };
    const left: Recorded = {
      ...correction,
      seq: 2,
      type: "left",
      data: {
        name: "",
        is_host: false,
        joined_at: toWireTime(clock("10:00:01")),
        ...{ colour: 7 },
      },
    };
    const facts = factsOf([correction, left, { ...left, seq: 3, data: { joined_at: null } }]);
    expect(unpackFacts(packFacts(facts))).toStrictEqual(facts);
  });

  it("take a fraction of the size", () => {
    const events = Array.from({ length: 500 }, (_, n): Recorded => {
      const at = clock("10:00") + n * 977;
      const participantId = `0e0d5a47-8c4f-4b0a-9f6d-${String(n >> 1).padStart(12, "0")}`;
      const about = { participantId, userId: null, name: `Guest ${n >> 1}`, isHost: false };
      const joinedAt = at - 400;
      const event =
        n % 2 === 0
          ? ({ type: "joined", at, ...about } as const)
          : ({ type: "left", at, ...about, joinedAt } as const);
      return {
        seq: n + 1,
        type: event.type,
        at: toWireTime(at),
        person_id: `c:${participantId}`,
        participant_id: participantId,
        data: toEventData(event),
        delivery_id: String(n + 71_000),
      };
    });
    const facts = factsOf(events);
    const inPage = (value: unknown) => JSON.stringify(JSON.stringify(value)).length;
    expect(inPage(packFacts(facts))).toBeLessThan(inPage(facts) / 3);
  });
});
