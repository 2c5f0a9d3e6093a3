import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { SeenInMeeting } from "#domain/scheduled/seen.ts";
import { clock, joins, knocks, leaves } from "#domain/testing/history.ts";
import { isWanted, TRIGGERS } from "./endpoint.ts";
import { noShowsOf } from "./no-show.ts";
import type { ToldMeeting } from "./occurrence.ts";
import { meetingEnded, occurrencesOfEvent, type ToldEvent } from "./of-events.ts";
import { hostsChanged, waitAdmitted } from "./of-meeting.ts";
import { GIVEN_UP_AFTER_MS, pauseAfter, triedAgainAt } from "./pace.ts";

const meeting: ToldMeeting = {
  ...{ id: "m1", source: { id: "s1", provider: "any", name: "Clinic" }, roomId: "1" },
  ...{ room: "ward-3", title: "Ward 3", providerIds: ["p1"], isOnePerRoom: false },
  ...{ startedAt: clock("10:00"), endedAt: null },
};
const message = { id: "id", madeAt: clock("10:10"), corrects: null };

const told = (event: ToldEvent["event"], name = "e1"): ToldEvent => ({
  ...{ event, deliveryId: 7, name, wasHost: null, given: null },
});

describe("events", () => {
  test("a join is told in both payloads, field by field and in their order", () => {
    const event = joins("Ada", { session: "c1", user: "u1", host: true })(clock("10:01"));
    const bodies = occurrencesOfEvent(meeting, told(event)).map(({ body }) => body(message));
    expect(JSON.stringify(bodies[0])).toBe(
      '{"idempotency_key":"id","bot_id":"m1","bot_metadata":null,"trigger":"participant_events.join_leave",' +
        '"data":{"id":"pe_e1","event_data":{},"event_type":"join","timestamp_ms":1795168860000,' +
        '"participant_name":"Ada","participant_uuid":"c1","participant_is_host":true,"participant_user_uuid":"u1"}}',
    );
    expect(JSON.stringify(bodies[1])).toBe(
      '{"version":"1.0.0","type":"participant.joined","id":"id","payload":{"room":"ward-3","user_id":"u1",' +
        '"user_name":"Ada","session_id":"c1","joined_at":1795168860,"will_eject_at":null,"owner":true,' +
        '"permissions":{"hasPresence":true,"canSend":true,"canReceive":{"base":true},' +
        '"canAdmin":["participants","streaming","transcription"]}},"event_ts":1795169400}',
    );
  });

  test("a leave has the length of its visit, a knock has none", () => {
    const left = leaves("Ada", { joinedAt: "10:00" })(clock("10:00:14.403"));
    const payload = { joined_at: clock("10:00") / 1000, duration: expect.closeTo(14.403, 5) };
    const [, of] = occurrencesOfEvent(meeting, told(left));
    expect(of?.body(message)).toMatchObject({ type: "participant.left", payload });
    const [knock] = occurrencesOfEvent(meeting, told(knocks("Ada")(clock("10:00"))));
    expect(knock?.body(message)).not.toHaveProperty("payload.duration");
    expect(knock?.trigger).toBe("waiting-participant.joined");
  });

  test("a room that is one meeting is the bot; its delivery has its metadata", () => {
    const given = { id: "pe_own", eventData: { isHost: {} }, metadata: { team: "Ñ" } };
    const [of] = occurrencesOfEvent(
      { ...meeting, isOnePerRoom: true, room: "bot_1" },
      { ...told(joins("Ada")(clock("10:01"))), given },
    );
    expect(of?.body(message)).toMatchObject({
      ...{ bot_id: "bot_1", bot_metadata: { team: "Ñ" } },
      data: { id: "pe_own", event_data: { isHost: {} } },
    });
  });

  test("wherever an event is filed it is the same occurrence; read otherwise it corrects", () => {
    const event = joins("Ada")(clock("10:01"));
    const [here] = occurrencesOfEvent(meeting, told(event));
    const [elsewhere] = occurrencesOfEvent({ ...meeting, id: "m2" }, told(event));
    const [otherwise] = occurrencesOfEvent(meeting, told(event, "e2"));
    expect(elsewhere?.key).toBe(here?.key);
    expect([otherwise?.about, otherwise?.key === here?.key]).toEqual([here?.about, false]);
  });
});

test("a meeting that goes on and ends once more corrects its end", () => {
  const [first, again] = ["10:30", "10:40"].map((at) => meetingEnded(meeting, clock(at)));
  expect([first?.about, first?.key === again?.key]).toEqual([again?.about, false]);
  expect(first?.body(message)).toMatchObject({
    payload: { start_ts: clock("10:00") / 1000, end_ts: clock("10:30") / 1000, meeting_id: "p1" },
  });
});

test("hosts change at every moment at which others are host, and ends nobody reported later", () => {
  const hosts = [
    {
      ...{ personId: "a", name: "Ada" },
      tenures: [{ from: clock("10:00"), to: clock("10:20"), inferred: false }],
    },
    {
      ...{ personId: "b", name: "Bo" },
      tenures: [{ from: clock("10:10"), to: clock("10:30"), inferred: true }],
    },
  ];
  const changes = (endedAt: number | null) =>
    hostsChanged({ ...meeting, endedAt }, hosts).map(({ at, body }) => [at, body(message)]);
  expect(changes(null)).toMatchObject([
    [clock("10:00"), { data: { hosts: [{ name: "Ada" }], before: [] } }],
    [clock("10:10"), { data: { hosts: [{ name: "Ada" }, { name: "Bo" }] } }],
    [clock("10:20"), { data: { hosts: [{ name: "Bo" }] } }],
  ]);
  expect(changes(clock("10:30"))).toHaveLength(4);
});

test("an admission at another moment corrects the first", () => {
  const wait = { participantId: "c1", personId: "a", name: "Ada", startedAt: clock("10:00") };
  const [first, later] = ["10:01", "10:02"].map((at) =>
    waitAdmitted(meeting, { ...wait, endedAt: clock(at) }),
  );
  expect([first?.about, first?.key === later?.key]).toEqual([later?.about, false]);
});

describe("no-shows", () => {
  const times = {
    ...{ startsAt: clock("10:00"), endsAt: clock("10:30") },
    ...{ lateAfterMs: 300_000, verdictAfterMs: 300_000 },
  };
  const line = (position: number, name: string, role: ExpectedPerson["role"]): ExpectedPerson => ({
    ...{ position, name, role, userId: null, email: null },
  });
  const roster = [line(1, "Cy", "host"), line(2, "Di", "host"), line(3, "Bo", "guest")];
  const seen = (name: string | null, joinedAt: string): SeenInMeeting => ({
    ...{ meetingId: "m1", personId: name ?? "guest", name, userId: null },
    visits: [
      {
        ...{ joinedAt: clock(joinedAt), leftAt: clock("10:29"), start: "reported" as const },
        end: "reported" as const,
      },
    ],
    ...{ waits: [], tenures: [], joined: null },
  });
  const scheduled = {
    ...{ id: "x", source: meeting.source, room: "ward-3", roomTitle: null, title: null, ...times },
    ...{ timeZone: "UTC", classList: null, repeats: null, by: "ada", changedAt: 0, erasedAt: null },
    ...{ cancelledAt: null, isFromCalendar: false },
  };
  const missed = (people: readonly SeenInMeeting[], isHeard = true) => {
    const facts = { times, roster, aliases: [], seen: people, graceMs: 0 };
    const attendance = expectedAttendanceOf(facts, clock("11:00"));
    return noShowsOf(scheduled, attendance, isHeard).map(({ trigger }) => trigger);
  };

  test("who never came is told", () => {
    expect(missed([])).toEqual(["no_show.host", "no_show.host", "no_show.guest"]);
    expect(missed([seen("Bo", "10:01")])).toEqual(["no_show.host", "no_show.host"]);
  });
  test("another host of the roster stands in", () => {
    expect(missed([seen("Di", "10:01")])).toEqual(["no_show.guest"]);
  });
  test("late is not missing", () => {
    expect(missed([seen("Bo", "10:25"), seen("Cy", "10:28")])).toEqual([]);
  });
  test("what is not known is not said", () => {
    expect(missed([], false)).toEqual([]);
    expect(missed([seen("Cy", "10:01"), seen(null, "10:02")])).toEqual([]);
  });
});

test("an endpoint is told what it asked for, of the rooms it asked for", () => {
  const room = { sourceId: "s1", key: "ward-3", title: "Ward 3" };
  const wanted = { triggers: ["meeting.started" as const], sources: ["s1"], rooms: ["Ward *"] };
  expect(isWanted(wanted, "meeting.started", room)).toBe(true);
  expect(isWanted(wanted, "meeting.ended", room)).toBe(false);
  expect(isWanted(wanted, "meeting.started", { ...room, sourceId: "s2" })).toBe(false);
  expect(isWanted(wanted, "meeting.started", { ...room, key: "x", title: "Lab" })).toBe(false);
  expect(isWanted({ ...wanted, triggers: TRIGGERS }, "endpoint.paused", null)).toBe(true);
});

describe("how it is tried again", () => {
  test("for more than a day, in growing pauses of at most an hour and a fifth", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (all) => {
        let now = 0;
        let attempts = 0;
        for (;;) {
          attempts += 1;
          const chance = all[attempts % all.length] ?? 0;
          const state = { attempts, firstTriedAt: 0 };
          const at = triedAgainAt(state, { now, chance, retryAfterMs: null });
          if (at === null) break;
          expect(at - now).toBeGreaterThanOrEqual(4_000);
          expect(at - now).toBeLessThanOrEqual(1.2 * 3_600_000);
          now = at;
        }
        expect(now).toBeGreaterThanOrEqual(GIVEN_UP_AFTER_MS);
        expect(attempts).toBeLessThan(60);
      }),
      { numRuns: 50 },
    );
  });
  test("not before the receiver wants it", () => {
    const state = { attempts: 1, firstTriedAt: 0 };
    expect(triedAgainAt(state, { now: 5, chance: 0.5, retryAfterMs: 90_000 })).toBe(90_005);
    expect(pauseAfter(1, 0.5)).toBe(5_000);
    expect(pauseAfter(4, 0.5)).toBe(40_000);
    expect(pauseAfter(1_000, 0.5)).toBe(3_600_000);
  });
});
