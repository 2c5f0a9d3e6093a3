import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  botRules,
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  updates,
} from "#domain/testing/history.ts";
import { meetingOfLines, span } from "#domain/testing/projected.ts";
import { hostHistoryOf } from "./host-history.ts";
import { projectMeeting } from "./meeting.ts";

const NOW = clock("13:00");

/** `Singh 10:00:00–10:18:00`, with its marks. */
function lines(...events: Parameters<typeof minutes>): string[] {
  return hostHistoryOf(meetingOfLines(...events).people, rules.graceMs).stretches.map(
    ({ person, from, to, kind, endInferred, row }) =>
      [
        person?.name ?? "nobody",
        span(from, to),
        ...(kind === "uncertain" ? ["uncertain"] : []),
        ...(endInferred ? ["end inferred"] : []),
        ...(row > 0 ? [`row ${row}`] : []),
      ].join(" "),
  );
}

const handOvers = (...events: Parameters<typeof minutes>) =>
  hostHistoryOf(meetingOfLines(...events).people, rules.graceMs).handOvers.map(
    ({ from, to, at, gapMs }) => `${from.name} to ${to.name} ${span(at, null)} ${gapMs / 1000} s`,
  );

describe("the host history", () => {
  it("shows who was host and when there was none", () => {
    const events = [
      ["10:00", joins("Singh", { host: true })],
      ["10:00", joins("Lindqvist", { host: false })],
      ["10:18", leaves("Singh")],
      ["10:20", updates("Lindqvist", { host: true })],
    ] as const;
    expect(lines(...events)).toEqual([
      "Singh 10:00:00–10:18:00",
      "nobody 10:18:00–10:20:00",
      "Lindqvist 10:20:00–",
    ]);
    expect(handOvers(...events)).toEqual(["Singh to Lindqvist 10:20:00– 120 s"]);
  });

  it("shows no empty interval where two come a moment apart", () => {
    const events = [
      ["10:00:00", joins("Ada", { host: false })],
      ["10:00:00.5", joins("Singh", { host: true })],
      ["10:18", leaves("Singh")],
      ["10:18:00.5", updates("Ada", { host: true })],
    ] as const;
    expect(lines(...events)).toEqual(["Singh 10:00:0.5–10:18:00", "Ada 10:18:0.5–"]);
    expect(handOvers(...events)).toEqual(["Singh to Ada 10:18:0.5– 0 s"]);
  });

  it("claims nothing where the provider never reported host roles", () => {
    expect(hostHistoryOf(meetingOfLines(["10:00", joins("Ada")]).people, rules.graceMs)).toEqual({
      stretches: [],
      handOvers: [],
      rows: 0,
      hostless: null,
    });
  });

  it("shows no host where the provider reported so for everyone", () => {
    expect(lines(["10:00", joins("Ada", { host: false })])).toEqual(["nobody 10:00:00–"]);
  });

  it("counts waiting for a host as being without one", () => {
    expect(lines(["10:00", knocks("Ada")], ["10:05", joins("Osei", { host: true })])).toEqual([
      "nobody 10:00:00–10:05:00",
      "Osei 10:05:00–",
    ]);
  });

  it("makes no gap of a host who reconnects within the grace", () => {
    expect(
      lines(
        ["10:00", joins("Singh", { host: true, user: "s" })],
        ["10:18", leaves("Singh", { user: "s" })],
        ["10:18:30", joins("Singh", { host: true, user: "s", session: "again" })],
      ),
    ).toEqual(["Singh 10:00:00–"]);
  });

  it("nor one where the end of the second connection is inferred", () => {
    const { people } = projectMeeting(
      minutes(
        ["10:00", joins("Singh", { host: true })],
        ["10:18", leaves("Singh")],
        ["10:18:20", joins("Singh", { host: true, session: "again" })],
        ["10:30", (at) => ({ type: "observer_left", at, reason: null })],
      ),
      botRules,
      NOW,
    );
    const { stretches: periods } = hostHistoryOf(people, rules.graceMs);
    expect(periods.map(({ from, to, kind }) => [span(from, to), kind])).toEqual([
      ["10:00:00–10:30:00", "host"],
    ]);
  });

  it("shows two hosts at once as two, and a returning host in the same row", () => {
    expect(
      lines(
        ["10:00", joins("Singh", { host: true })],
        ["10:10", joins("Osei", { host: true })],
        ["10:20", leaves("Singh")],
        ["10:30", joins("Lindqvist", { host: true })],
        ["10:40", leaves("Osei")],
        ["10:50", joins("Osei", { host: true })],
      ),
    ).toEqual([
      "Singh 10:00:00–10:20:00",
      "Osei 10:10:00–10:40:00 row 1",
      "Lindqvist 10:30:00–",
      "Osei 10:50:00– row 1",
    ]);
  });

  it("shows between which moments a role changed that the provider reports only now and then", () => {
    expect(
      lines(
        ["10:02", joins("Haddad", { host: true })],
        ["10:00", joins("Chloé", { host: false })],
        ["10:20", leaves("Haddad", { host: false })],
        ["10:30", leaves("Chloé", { host: true })],
      ),
    ).toEqual(["Chloé 10:00:00–10:30:00 uncertain", "Haddad 10:02:00–10:20:00 uncertain row 1"]);
  });

  it("hands over with an overlap, or at once, and not where a co-host stays or the same host is back", () => {
    expect(
      handOvers(
        ["10:00", joins("Singh", { host: true })],
        ["10:15", joins("Osei", { host: true })],
        ["10:18", leaves("Singh")],
        ["10:20", leaves("Osei")],
        ["10:20", joins("Lindqvist", { host: true })],
      ),
    ).toEqual(["Singh to Osei 10:18:00– 0 s", "Osei to Lindqvist 10:20:00– 0 s"]);
    expect(
      handOvers(
        ["10:00", joins("Singh", { host: true })],
        ["10:01", joins("Osei", { host: true })],
        ["10:10", leaves("Osei")],
        ["10:20", leaves("Singh")],
        ["10:30", joins("Singh", { host: true })],
      ),
    ).toEqual([]);
  });

  it("never overlaps two people's intervals in one row, and leaves no short gap to anyone", () => {
    fc.assert(
      fc.property(histories(), histories({ bot: true }), (daily, bot) => {
        const views = [projectMeeting(daily, rules, NOW), projectMeeting(bot, botRules, NOW)];
        for (const { people } of views) {
          const { stretches: periods, rows } = hostHistoryOf(people, rules.graceMs);
          const hosted = periods.filter(({ kind }) => kind !== "nobody");
          for (const a of hosted) {
            expect(a.row).toBeLessThan(rows);
            for (const b of hosted) {
              if (a.person?.id === b.person?.id || a.row !== b.row) continue;
              expect((a.to ?? Infinity) <= b.from || (b.to ?? Infinity) <= a.from).toBe(true);
            }
          }
          for (const one of hosted) {
            const own = hosted.filter(({ person }) => person?.id === one.person?.id);
            const end = one.to ?? Infinity;
            if (own.some(({ from, to }) => from <= end && (to ?? Infinity) > end)) continue;
            for (const { from } of own.filter(({ from }) => from > end)) {
              expect(from - end).toBeGreaterThan(rules.graceMs);
            }
          }
        }
      }),
    );
  });
});
