import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { evaluate } from "./evaluate.ts";
import type { AlertFacts, WatchedMeeting, WatchedPerson } from "./facts.ts";
import { type AlertRule, awakeFrom } from "./rule.ts";
import { AlertsInMemory } from "./testing/kept.ts";

const MINUTE: Ms = 60_000;
const START = clock("9:00");
const MINUTES = 60;
const utc = () => 0;

const RULE: AlertRule = {
  ...{ id: "rule", name: "Rule", kind: "waiting", isOn: true, afterMs: 5 * MINUTE },
  ...{ capacity: null, person: null, deed: null, sources: null, rooms: null, groups: null },
  ...{ repeatMs: null, urgentMs: null, quiet: null, since: clock("8:00") },
};
const HOUSE = { groups: ["wards"], closed: [] };
const ROOM = {
  ...{ roomId: 1, sourceId: "clinic", room: "ward-3", title: "Ward 3", graceMs: 0 },
  ...HOUSE,
};

type Span = readonly [from: number, to: number];
interface Person {
  waits: readonly Span[];
  visits: readonly Span[];
  isHost: boolean;
}

const at = (minute: number): Ms => START + minute * MINUTE;

/** What is known of a day at a moment: nothing of what comes after it. */
function knownAt(people: readonly Person[], now: Ms): AlertFacts {
  const spans = (all: readonly Span[]) =>
    all
      .filter(([from]) => at(from) <= now)
      .map(([from, to]) => ({ from: at(from), to: at(to) <= now ? at(to) : null }));
  const watched = people.map(({ waits, visits, isHost }, index): WatchedPerson => {
    const stays = spans(visits);
    return {
      ...{ personId: `p${index}`, nameKey: `person ${index}`, userId: null, isUnheard: false },
      waits: spans(waits).map(({ from, to }) => ({
        ...{ participantId: `c${index}`, startedAt: from, endedAt: to },
      })),
      visits: stays.map(({ from, to }) => ({ joinedAt: from, leftAt: to })),
      tenures: isHost ? stays : [],
    };
  });
  return {
    meetings: [{ id: "m", ...ROOM, firstAt: START, people: watched }],
    appointments: [],
    sources: [],
  };
}

/** Disjoint spans of whole minutes. */
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: MINUTES - 5 }), { maxLength: 6 })
  .map((all) => all.toSorted((a, b) => a - b))
  .map((all) =>
    all.flatMap((from, index): Span[] => {
      const to = all[index + 1];
      return index % 2 === 0 && to !== undefined ? [[from, to]] : [];
    }),
  );
const person = fc.record({ waits: spans, visits: spans, isHost: fc.boolean() });
const day = fc.array(person, { minLength: 1, maxLength: 4 });

const rules = fc.record({
  afterMs: fc.integer({ min: 0, max: 8 }).map((minutes) => minutes * MINUTE),
  capacity: fc.integer({ min: 1, max: 3 }),
});
function rulesOf({ afterMs, capacity }: { afterMs: Ms; capacity: number }): AlertRule[] {
  return [
    { ...RULE, id: "waiting", kind: "waiting", afterMs },
    { ...RULE, id: "waiting_without_host", kind: "waiting_without_host", afterMs },
    { ...RULE, id: "without_host", kind: "without_host", afterMs },
    { ...RULE, id: "capacity", kind: "capacity", afterMs, capacity },
    { ...RULE, id: "person", kind: "person", deed: "joined", person: "Person 0", afterMs: null },
  ];
}

/** What a rule says of a minute of the whole day, by what: nothing here knows of intervals. */
function isSo(rule: AlertRule, people: readonly Person[], minute: number): string[] {
  const covers = ([from, to]: Span) => from <= minute && minute < to;
  const waiting = people.map(({ waits }) => waits.some(covers));
  const inside = people.map(({ visits }) => visits.some(covers));
  const isHosted = people.some(({ isHost }, index) => isHost && inside[index]);
  const room = (holds: boolean) => (holds ? ["room 1"] : []);
  switch (rule.kind) {
    case "waiting":
      return waiting.flatMap((is, index) => (is ? [`wait 1 c${index}`] : []));
    case "waiting_without_host":
      return room(waiting.includes(true) && !isHosted);
    case "without_host":
      return room(inside.includes(true) && !isHosted);
    case "capacity":
      return room(inside.filter(Boolean).length >= (rule.capacity ?? 0));
    case "person":
      return inside[0] ? ["person 1 person 0"] : [];
    default:
      throw new Error(`the model knows nothing of ${rule.kind}`);
  }
}

/** The alerts of a day by counting its minutes one by one. */
function model(people: readonly Person[], all: readonly AlertRule[]): string[] {
  const found: string[] = [];
  for (const rule of all) {
    const since = new Map<string, number>();
    for (let minute = 0; minute <= MINUTES; minute += 1) {
      const now = minute === MINUTES ? [] : isSo(rule, people, minute);
      for (const [subject, from] of since) {
        if (now.includes(subject)) continue;
        since.delete(subject);
        if (at(minute) - at(from) > (rule.afterMs ?? 0)) {
          found.push(`${rule.id}: ${subject} ${from}-${minute}`);
        }
      }
      for (const subject of now) if (!since.has(subject)) since.set(subject, minute);
    }
  }
  return found.toSorted();
}

function namesOf(kept: AlertsInMemory): string[] {
  const minuteOf = (moment: Ms | null) => (moment === null ? "open" : (moment - START) / MINUTE);
  return kept.alerts
    .filter(({ overFor }) => overFor !== "corrected")
    .map(
      (one) => `${one.ruleId}: ${one.subject.key} ${minuteOf(one.since)}-${minuteOf(one.overAt)}`,
    )
    .toSorted();
}

/** Looks at some moments, never much more than ten minutes apart. */
const looks = fc.array(fc.integer({ min: 1, max: 10 * 60 }), { minLength: 30, maxLength: 60 });
function momentsOf(steps: readonly number[]): Ms[] {
  const moments: Ms[] = [];
  let now = START;
  for (const step of steps) {
    now += step * 1_000;
    if (now < at(MINUTES + 5)) moments.push(now);
  }
  while (now < at(MINUTES + 5)) {
    now += 10 * MINUTE;
    moments.push(now);
  }
  return moments;
}

describe("alerts", () => {
  it("are those of an independent model, whenever somebody looks: none twice, none missed", () => {
    fc.assert(
      fc.property(day, rules, looks, fc.nat(), (people, asked, steps, other) => {
        const all = rulesOf(asked);
        const kept = new AlertsInMemory();
        for (const now of momentsOf(steps)) {
          const seen = evaluate(knownAt(people, now), all, kept.at(now), { now, offsetAt: utc });
          kept.apply(seen.changes, now);
          if ((now / 1_000) % 3 === 0) kept.acknowledge(other, now);
          // Who looks again at once, as after a restart, finds nothing to do.
          const again = evaluate(knownAt(people, now), all, kept.at(now), { now, offsetAt: utc });
          expect(again.changes).toEqual([]);
        }
        expect(namesOf(kept)).toEqual(model(people, all));
      }),
      { numRuns: 300 },
    );
  });

  it("follow facts that are corrected: what was not so is taken back, and what was is raised", () => {
    fc.assert(
      fc.property(day, day, rules, (before, after, asked) => {
        const all = rulesOf(asked);
        const kept = new AlertsInMemory();
        const end = at(MINUTES);
        for (let minute = 0; minute <= MINUTES; minute += 1) {
          const now = at(minute);
          const facts = knownAt(minute < MINUTES / 2 ? before : after, now);
          kept.apply(evaluate(facts, all, kept.at(now), { now, offsetAt: utc }).changes, now);
        }
        const standing = kept.alerts.filter(({ overAt }) => overAt === null);
        expect(standing).toEqual([]);
        // What was due long before the facts were corrected is not raised any more.
        const names = new Set(namesOf(kept));
        const due = (name: string) => {
          const [, id, from] = /^(\w+): .* (\d+)-/.exec(name) ?? [];
          const afterMs = all.find((rule) => rule.id === id)?.afterMs ?? 0;
          return Number(from) + afterMs / MINUTE > MINUTES / 2 + 1;
        };
        for (const name of model(after, all).filter(due)) expect(names).toContain(name);
        expect(
          evaluate(knownAt(after, end), all, kept.at(end), { now: end, offsetAt: utc }).changes,
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("say when the clock alone changes something next: whoever looks then alone misses nothing", () => {
    fc.assert(
      fc.property(day, rules, (people, asked) => {
        const all = rulesOf(asked).map((rule) => ({
          ...rule,
          repeatMs: 3 * MINUTE,
          urgentMs: 7 * MINUTE,
        }));
        const [often, seldom] = [new AlertsInMemory(), new AlertsInMemory()];
        let next: Ms | null = START;
        for (let now = START; now <= at(MINUTES); now += MINUTE / 2) {
          const facts = knownAt(people, now);
          often.apply(evaluate(facts, all, often.at(now), { now, offsetAt: utc }).changes, now);
          const isNews = JSON.stringify(facts) !== JSON.stringify(knownAt(people, now - 1));
          if (!isNews && (next === null || next > now)) continue;
          const seen = evaluate(facts, all, seldom.at(now), { now, offsetAt: utc });
          seldom.apply(seen.changes, now);
          next = seen.nextAt;
        }
        expect(seldom.alerts).toEqual(often.alerts);
      }),
      { numRuns: 200 },
    );
  });
});

const waitsAlone: Person[] = [{ waits: [[0, 30]], visits: [], isHost: false }];

function rungAt(rule: AlertRule, acknowledged: number | null = null): number[] {
  const kept = new AlertsInMemory();
  const rings: number[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const now = at(minute);
    if (minute === acknowledged) kept.acknowledge(0, now);
    const { changes } = evaluate(knownAt(waitsAlone, now), [rule], kept.at(now), {
      now,
      offsetAt: utc,
    });
    kept.apply(changes, now);
    if (changes.some(({ kind }) => kind === "raised" || kind === "rung")) rings.push(minute);
  }
  return rings;
}

describe("an alert", () => {
  it("is repeated until somebody acknowledges it, or it is over", () => {
    const rule = { ...RULE, repeatMs: 10 * MINUTE };
    expect(rungAt(rule)).toEqual([5, 15, 25]);
    expect(rungAt(rule, 12)).toEqual([5]);
  });

  it("becomes urgent where nobody acknowledges it", () => {
    expect(rungAt({ ...RULE, urgentMs: 7 * MINUTE })).toEqual([5, 12]);
  });

  it("is raised after the quiet hours where what it is about still is so, and never rings in them", () => {
    const quiet = { from: 9 * 60, to: 9 * 60 + 20 };
    expect(rungAt({ ...RULE, quiet, repeatMs: 5 * MINUTE })).toEqual([20, 25]);
    expect(rungAt({ ...RULE, quiet: { from: 9 * 60, to: 10 * 60 } })).toEqual([]);
    const night = { from: 22 * 60, to: 7 * 60 };
    expect(awakeFrom(clock("23:30"), night, utc)).toBe(clock("31:00"));
    expect(awakeFrom(clock("6:59:30"), night, utc)).toBe(clock("7:00"));
    expect(awakeFrom(clock("7:00"), night, utc)).toBe(clock("7:00"));
  });

  it("is over where its rule is switched off, and raised for whoever waits where one is added", () => {
    const kept = new AlertsInMemory();
    const look = (rule: AlertRule, minute: number) => {
      const now = at(minute);
      const { changes } = evaluate(knownAt(waitsAlone, now), [rule], kept.at(now), {
        now,
        offsetAt: utc,
      });
      kept.apply(changes, now);
    };
    look({ ...RULE, since: at(20) }, 20);
    look({ ...RULE, isOn: false, since: at(21) }, 21);
    expect(kept.alerts).toMatchObject([{ raisedAt: at(20), overAt: at(21), overFor: "rule" }]);
    look({ ...RULE, since: at(22) }, 22);
    expect(kept.alerts).toMatchObject([{ overAt: null }]);
  });

  it("is of the rooms of its rule alone", () => {
    const look = (rooms: string[]) =>
      evaluate(knownAt(waitsAlone, at(20)), [{ ...RULE, rooms }], [], {
        now: at(20),
        offsetAt: utc,
      }).changes;
    expect([look(["Ward *"]).length, look(["ward-3"]).length, look(["elsewhere"]).length]).toEqual([
      1, 1, 0,
    ]);
  });
});

describe("opening hours", () => {
  it("nothing alarms outside of them, and what was before counts for nothing", () => {
    const kept = new AlertsInMemory();
    const closed = [
      { from: at(0), to: at(10) },
      { from: at(20), to: at(30) },
    ];
    for (let minute = 0; minute <= 30; minute += 1) {
      const now = at(minute);
      const { meetings, ...rest } = knownAt(waitsAlone, now);
      const facts = { ...rest, meetings: meetings.map((one) => ({ ...one, closed })) };
      kept.apply(evaluate(facts, [RULE], kept.at(now), { now, offsetAt: utc }).changes, now);
    }
    expect(kept.alerts).toMatchObject([{ since: at(10), raisedAt: at(15), overAt: at(20) }]);
  });

  it("a rule of a group is about its rooms alone", () => {
    const look = (groups: string[]) => {
      const rule = { ...RULE, groups };
      const time = { now: at(20), offsetAt: utc };
      return evaluate(knownAt(waitsAlone, at(20)), [rule], [], time).changes.length;
    };
    expect([look(["wards"]), look(["others"])]).toEqual([1, 0]);
  });
});

describe("a source", () => {
  const look = (kept: AlertsInMemory, lastAt: Ms, now: Ms, rule: Partial<AlertRule> = {}) => {
    const sources = [{ id: "clinic", lastAt, allowedMs: 30 * MINUTE, refusedSince: null }];
    const asked = { ...RULE, kind: "source_silent", afterMs: null, ...rule } as const;
    const facts = { meetings: [], appointments: [], sources };
    kept.apply(evaluate(facts, [asked], kept.at(now), { now, offsetAt: utc }).changes, now);
  };
  it("is silent for longer than it usually is, once each time, until it is heard", () => {
    const kept = new AlertsInMemory();
    for (let minute = 0; minute < 50; minute += 1) look(kept, at(0), at(minute));
    expect(kept.alerts).toMatchObject([{ since: at(0), raisedAt: at(30), overAt: null }]);
    for (let minute = 50; minute < 90; minute += 1) look(kept, at(50), at(minute));
    expect(kept.alerts).toMatchObject([{ overAt: at(50), overFor: "over" }, { raisedAt: at(80) }]);
  });
});

/** A meeting that was expected at ten. */
function expectedAt(seen: readonly { name: string; isHost: boolean; from: string }[]) {
  const times = {
    ...{ startsAt: clock("10:00"), endsAt: clock("10:30") },
    ...{ lateAfterMs: 5 * MINUTE, verdictAfterMs: 5 * MINUTE },
  };
  const rows = seen.map(({ name, isHost, from }) => ({
    ...{ meetingId: "m", personId: name, name, userId: null, joined: null, waits: [] },
    visits: [{ joinedAt: clock(from), leftAt: null, start: "reported" as const, end: null }],
    tenures: isHost ? [{ from: clock(from), to: null, inferred: false }] : [],
  }));
  const facts = { times, roster: [], aliases: [], seen: rows, graceMs: 0 };
  return { id: "s", roomId: 1, sourceId: "clinic", room: "ward-3", title: null, facts, ...HOUSE };
}

describe("a scheduled meeting", () => {
  const raised = (at: string, ...seen: Parameters<typeof expectedAt>[0]) => {
    const facts = {
      meetings: [],
      appointments: [expectedAt(seen)],
      sources: [],
    } satisfies AlertFacts & {
      meetings: WatchedMeeting[];
    };
    const rule: AlertRule = { ...RULE, kind: "not_begun", afterMs: 5 * MINUTE };
    return evaluate(facts, [rule], [], { now: clock(at), offsetAt: utc }).changes;
  };
  const host = { name: "Dr Cy", isHost: true, from: "9:59" };
  it("has not begun where nobody or only one side is there some minutes after its start", () => {
    expect(raised("10:04")).toEqual([]);
    expect(raised("10:05")).toMatchObject([{ since: clock("10:00"), overAt: null }]);
    expect(raised("10:05", host)).toMatchObject([{ overAt: null }]);
    expect(raised("10:05", host, { name: "Ada", isHost: false, from: "10:04" })).toEqual([]);
    const late = { name: "Ada", isHost: false, from: "10:08" };
    expect(raised("10:09", host, late)).toMatchObject([{ overAt: clock("10:08") }]);
  });
});
