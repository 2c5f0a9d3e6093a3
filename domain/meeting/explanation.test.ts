import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { type Recorded, toEventData } from "#domain/event/recorded.ts";
import type { Rules } from "#domain/participant/rules.ts";
import {
  botJoins,
  botLeaves,
  botRules,
  clock,
  ends,
  histories,
  joins,
  knocks,
  leaves,
  leavesByLength,
  minutes,
  rules,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import { person } from "#domain/testing/projected.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { ExplainedInterval, Explanation, StayPart } from "./explained.ts";
import { explain } from "./explanation.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { type PersonReports, reportsOf } from "./report.ts";

const NOW = clock("13:00");

/** Events as they are recorded, each with a delivery of its own. */
function recorded(events: readonly MeetingEvent[]): Recorded[] {
  return events.map((event, index) => ({
    seq: index + 1,
    type: event.type,
    at: toWireTime(event.at),
    person_id: null,
    participant_id: "participantId" in event ? event.participantId : null,
    data: toEventData(event),
    delivery_id: String(100 + index),
  }));
}

/** The explanation of a person's time, at one o'clock. */
function why(
  name: string,
  events: MeetingEvent[],
  lens: Rules = rules,
  now: Ms = NOW,
): Explanation {
  const one = person(projectMeeting(events, lens, now), name);
  return explain(one, reportsOf(recorded(events), one.participantIds), lens);
}

/** `stay 10:00–10:30`, without seconds that are zero. */
function line({ kind, from, to }: ExplainedInterval): string {
  return `${kind} ${time(from)}–${to === null ? "" : time(to)}`;
}

function time(at: Ms): string {
  const seconds = (at - clock("00:00")) / 1000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const texts = parts.map((part) => String(part).padStart(2, "0"));
  return (parts[2] === 0 ? texts.slice(0, 2) : texts).join(":");
}

function parts({ stretches: intervals }: Explanation): StayPart[] {
  return intervals.flatMap((interval) => (interval.kind === "stay" ? interval.parts : []));
}

function waits({ stretches: intervals }: Explanation) {
  return intervals.flatMap((interval) => (interval.kind === "wait" ? [interval] : []));
}

const ada = { user: "ada" };

describe("the explanation of attended time", () => {
  it("lists interval by interval, each with its reports", () => {
    const explanation = why(
      "Ada",
      minutes(
        ["10:00", knocks("Ada", { ...ada, session: "laptop" })],
        ["10:02", stopsWaiting("Ada", { ...ada, session: "laptop" })],
        ["10:02", joins("Ada", { ...ada, session: "laptop" })],
        ["10:10", joins("Bo")],
        ["10:20", leaves("Ada", { ...ada, session: "laptop" })],
        ["10:20:09", joins("Ada", { ...ada, session: "phone" })],
        ["10:25", updates("Ada", { ...ada, session: "phone", host: true })],
        ["10:30", leaves("Ada", { ...ada, session: "phone" })],
        ["10:40", joins("Ada", { ...ada, session: "phone" })],
      ),
    );
    expect(explanation.stretches.map(line)).toEqual([
      "wait 10:00–10:02",
      "stay 10:02–10:20",
      "joined_gap 10:20–10:20:09",
      "stay 10:20:09–10:30",
      "away 10:30–10:40",
      "stay 10:40–",
    ]);
    expect(explanation.eventCount).toBe(8);
    expect(waits(explanation)[0]).toMatchObject({
      end: { how: "admitted", as: "itself", isReported: true },
      reports: [{ seq: 1, deliveryId: "100" }, { seq: 2 }],
    });
    expect(
      parts(explanation).map(({ start, end, reports }) => [
        start,
        end.by,
        reports.map(({ seq }) => seq),
      ]),
    ).toEqual([
      ["reported", "report", [3, 5]],
      ["reported", "report", [6, 7, 8]],
      ["reported", "open", [9]],
    ]);
  });

  it("shows where only the length of a visit was reported", () => {
    const explanation = why(
      "Ada",
      minutes(
        ["10:00", joins("Ada", { session: "row" })],
        ["10:40", leavesByLength("Ada", { session: "row", joinedAt: "10:00" })],
        ["11:00", ends()],
      ),
    );
    expect(parts(explanation).map(({ end, reports }) => [end.by, reports.length])).toEqual([
      ["length", 2],
    ]);
  });

  it("counts connections that overlap once, and names each", () => {
    const explanation = why(
      "Ada",
      minutes(
        ["10:00", joins("Ada", { ...ada, session: "laptop" })],
        ["10:05", joins("Ada", { ...ada, session: "phone" })],
        ["10:10", leaves("Ada", { ...ada, session: "laptop" })],
        ["10:12", leaves("Ada", { ...ada, session: "phone" })],
      ),
    );
    expect(explanation.stretches.map(line)).toEqual(["stay 10:00–10:12"]);
    expect(
      parts(explanation).map(({ participantId, to }) => [participantId, time(to ?? 0)]),
    ).toEqual([
      ["laptop", "10:10"],
      ["phone", "10:12"],
    ]);
  });

  it("takes a join that was not received from the leave that repeats it", () => {
    const explanation = why("Bo", minutes(["10:30", leaves("Bo", { joinedAt: "10:00" })]));
    expect(explanation.stretches.map(line)).toEqual(["stay 10:00–10:30"]);
    expect(parts(explanation)[0]).toMatchObject({ start: "told_by_leave", end: { by: "report" } });
  });

  it("gives a leave alone no length", () => {
    expect(parts(why("Bo", minutes(["10:30", leaves("Bo")])))[0]).toMatchObject({
      start: "unknown",
      reports: [{ seq: 1 }],
    });
  });
});

describe("the cause of an inferred end", () => {
  const left = (...events: MeetingEvent[]) => parts(why("Ada", events))[0];

  it("is the meeting's end, with its report", () => {
    const [joined, ended] = minutes(["10:00", joins("Ada")], ["10:30", ends()]);
    if (!joined || !ended) throw new Error("nothing happened");
    expect(left(joined, ended)).toMatchObject({
      to: clock("10:00"),
      end: { by: "nobody", because: "meeting_ended", leftBy: clock("10:30") },
      reports: [{ seq: 1 }, { seq: 2, event: { type: "meeting_ended" } }],
    });
  });

  it("is the bot's leave; and what seems to begin after it has no length", () => {
    const events = minutes(
      ["9:58", botJoins],
      ["10:00", joins("Ada")],
      ["10:30", botLeaves],
      ["10:31", joins("Bo")],
    );
    expect(parts(why("Ada", events, botRules))[0]).toMatchObject({
      end: { by: "observer_left", at: clock("10:30"), tooLate: false },
      reports: [{ seq: 2 }, { seq: 3 }],
    });
    expect(parts(why("Bo", events, botRules))[0]).toMatchObject({
      from: clock("10:31"),
      to: clock("10:31"),
      end: { by: "observer_left", at: clock("10:30"), tooLate: true },
    });
  });

  it("is twelve hours of silence, since the latest event of anyone", () => {
    const events = minutes(["9:58", botJoins], ["10:00", joins("Ada")], ["10:20", joins("Bo")]);
    const [part] = parts(why("Ada", events, botRules, clock("23:00")));
    expect(part).toMatchObject({
      end: { by: "silence", at: clock("10:20"), silenceMs: 12 * 3_600_000 },
      reports: [{ seq: 2 }],
    });
    expect(parts(why("Ada", events, botRules, clock("22:00")))[0]).toMatchObject({
      end: { by: "open" },
    });
  });

  it("a person whom the bot found there is explained by the bot’s join", () => {
    const events = minutes(["10:00", botJoins], ["10:00:04", joins("Ada")]);
    expect(parts(why("Ada", events, botRules))[0]).toMatchObject({
      start: "first_seen",
      reports: [{ event: { type: "observer_joined" } }, { event: { type: "joined" } }],
    });
  });
});

describe("how a wait ended", () => {
  const end = (name: string, ...lines: Parameters<typeof minutes>) =>
    waits(why(name, minutes(...lines))).map((wait) => wait.end);

  it.each<[string, Parameters<typeof minutes>, unknown]>([
    ["goes on", [["12:50", knocks("Ada")]], { how: "waiting" }],
    [
      "by a join nobody reported the end for",
      [
        ["10:00", knocks("Ada")],
        ["10:03", joins("Ada")],
      ],
      { how: "admitted", as: "itself", isReported: false },
    ],
    [
      "by a join of another connection",
      [
        ["10:00", knocks("Ada", { session: "a" })],
        ["10:03", stopsWaiting("Ada", { session: "a" })],
        ["10:03:02", joins("Ada", { session: "b" })],
      ],
      { how: "admitted", as: "another", isReported: true },
    ],
    [
      "by giving up at once",
      [
        ["10:00", knocks("Ada")],
        ["10:00:08", stopsWaiting("Ada")],
      ],
      { how: "left", isShort: true },
    ],
    [
      "by giving up, and coming back later",
      [
        ["10:00", knocks("Ada")],
        ["10:04", stopsWaiting("Ada")],
        ["10:20", joins("Ada")],
      ],
      { how: "came_back", at: clock("10:20"), isReported: true },
    ],
    [
      "with the meeting",
      [
        ["10:00", knocks("Ada")],
        ["10:30", ends()],
      ],
      { how: "unknown", by: "meeting_ended", at: clock("10:30") },
    ],
    [
      "after four hours without a word",
      [["8:00", knocks("Ada")]],
      { how: "unknown", by: "expired", at: clock("12:00") },
    ],
  ])("%s", (_, lines, expected) => {
    expect(end("Ada", ...lines)).toEqual([expected]);
  });

  it("from the first knock, also where its end was not reported before the second", () => {
    const ends = end(
      "Ada",
      ["10:00", knocks("Ada", { ...ada, session: "a" })],
      ["10:05", knocks("Ada", { ...ada, session: "b" })],
      ["10:06", joins("Ada", { ...ada, session: "b" })],
    );
    expect(ends).toEqual([{ how: "admitted", as: "itself", isReported: false }]);
  });
});

describe("for any history", () => {
  const everybody = (events: readonly MeetingEvent[], lens: Rules) => {
    const records = recorded(events);
    const view: MeetingView = projectMeeting(events, lens, NOW);
    return view.people.map((one) => {
      const personReports: PersonReports = reportsOf(records, one.participantIds);
      return { one, personReports, explanation: explain(one, personReports, lens) };
    });
  };
  const law = (check: (view: ReturnType<typeof everybody>[number]) => void) => {
    for (const bot of [false, true]) {
      fc.assert(
        fc.property(histories({ bot, byHand: true }), (events) => {
          everybody(events, bot ? botRules : rules).forEach(check);
        }),
        { numRuns: 300 },
      );
    }
  };

  it("stays and joined gaps are the attended time", () => {
    law(({ one, explanation }) => {
      const counted = explanation.stretches.filter(
        ({ kind }) => kind === "stay" || kind === "joined_gap",
      );
      expect(lengthMs(counted, NOW)).toBe(lengthMs(one.attended, NOW));
    });
  });

  it("every visit is part of one stay, and every wait is explained", () => {
    law(({ one, explanation }) => {
      expect(parts(explanation).map(({ participantId, from }) => [participantId, from])).toEqual(
        one.visits.map(({ participantId, joinedAt }) => [participantId, joinedAt]),
      );
      expect(
        waits(explanation)
          .map(({ from, to }) => [from, to])
          .toSorted(),
      ).toEqual(one.waits.map(({ startedAt, endedAt }) => [startedAt, endedAt]).toSorted());
    });
  });

  it("every report about a person is in exactly one position", () => {
    law(({ explanation, personReports }) => {
      const own = new Set(personReports.own.map(({ seq }) => seq));
      const stated = [
        ...parts(explanation).flatMap(({ reports }) => reports),
        ...waits(explanation).flatMap(({ reports }) => reports),
        ...explanation.aside,
      ].map(({ seq }) => seq);
      expect(stated.filter((seq) => own.has(seq)).toSorted((a, b) => a - b)).toEqual(
        [...own].toSorted((a, b) => a - b),
      );
    });
  });

  it("an inferred end is the moment of its cause, and has that as its report", () => {
    law(({ one, explanation }) => {
      for (const [index, { from, to, end, reports }] of parts(explanation).entries()) {
        expect(end.by === "report").toBe(one.visits[index]?.end === "reported");
        if (end.by === "open" || end.by === "report" || end.by === "length") continue;
        if (end.by === "operator") {
          const isOfCorrection = ({ event }: (typeof reports)[number]) =>
            "ruling" in event && event.ruling === end.word.ruling;
          expect(reports.some(isOfCorrection)).toBe(true);
          expect(end.leftBy ?? to).toBeGreaterThanOrEqual(to ?? Infinity);
          continue;
        }
        if (end.by === "nobody") {
          expect(end.leftBy).toBeGreaterThanOrEqual(to ?? Infinity);
          continue;
        }
        expect(to).toBe(Math.max(from, end.at));
        if (end.by !== "silence") {
          expect(reports.some(({ event }) => event.type === end.by && event.at === end.at)).toBe(
            true,
          );
        }
      }
    });
  });

  it("a beginning was reported, or has a reason why not", () => {
    law(({ explanation }) => {
      for (const { start, reports } of parts(explanation)) {
        const isReported = reports.some(({ event }) => event.type === "joined");
        if (start === "reported") expect(isReported).toBe(true);
        if (start === "told_by_leave") {
          expect(reports.some(({ event }) => event.type === "left")).toBe(true);
        }
      }
    });
  });
});
