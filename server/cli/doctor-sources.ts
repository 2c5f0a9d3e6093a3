import { heardBySource } from "#db/sources/hearing.ts";
import { doubtsBySource, receivedBySource } from "#db/sources/reading-sources.ts";
import { openRefusals } from "#db/sources/refusals.ts";
import { listSources } from "#db/sources/sources.ts";
import { isStillTrue, mayBeOff } from "#domain/live/recording.ts";
import { refusalWords } from "#domain/live/refusal-words.ts";
import { type RefusedOften, refusalHint } from "#domain/sources/deliveries/refused.ts";
import { silenceOf } from "#domain/sources/silence.ts";
import { refusedSource } from "#server/live/recording.ts";
import { connectable, provider } from "#server/providers/providers.ts";
import { readRefused, utcClock } from "#server/sources/deliveries/refused.ts";
import { bad, type Check, good } from "./check.ts";
import type { CliContext } from "./command.ts";

const WEEK_MS = 7 * 86_400_000;

/** Sources that are silent for longer than they usually are, by their own history. */
export async function silence({ database: { orm } }: CliContext): Promise<Check> {
  const now = Date.now();
  const heard = new Map((await heardBySource(orm)).map((one) => [one.id, one]));
  const listening = (await listSources(orm)).filter(
    ({ isDemo, pausedAt, provider: named }) =>
      !isDemo && pausedAt === null && provider(named)?.connect !== null,
  );
  const all = listening.map(({ id, name }) => {
    return { name, ...silenceOf(heard.get(id) ?? { lastAt: null, longest: [] }, now) };
  });
  const silent = all.filter(({ state }) => state === "silent");
  if (silent.length === 0) {
    const unknown = all.filter(({ state }) => state === "unknown").map(({ name }) => name);
    const known = "no source is silent for longer than it usually is";
    if (unknown.length === 0) return good("silence", known);
    return good("silence", `${known}; too little is known yet of ${unknown.join(", ")}`);
  }
  const hours = (ms: number | null) => `${Math.round((ms ?? 0) / 360_000) / 10} h`;
  const detail = silent.map(
    ({ name, lastAt, usualMs, weeks }) =>
      `${name}: nothing for ${hours(now - (lastAt ?? now))}; the longest of a week is usually ${hours(usualMs)} (${weeks} weeks)`,
  );
  const advice =
    "Look at the provider whether its webhook is there, switched on and has this address, and whether there were meetings at all.";
  return bad("silence", detail.join("; "), advice);
}

/** When every source last sent something. */
export async function sources({ database: { orm } }: CliContext): Promise<Check> {
  const deliveredBy = await receivedBySource(orm);
  if (deliveredBy.length === 0) {
    const first = connectable[0]?.name;
    const advice = `Add one: npm run rollcall -- source add --provider ${first} --name Clinic`;
    return bad("sources", "none", advice);
  }
  const silent = deliveredBy.filter(({ lastAt }) => lastAt === null).map(({ name }) => name);
  const unreadable = deliveredBy.reduce((sum, source) => sum + source.unreadable, 0);
  const detail = deliveredBy
    .map(({ name, lastAt }) => `${name}: ${lastAt === null ? "nothing yet" : `last ${lastAt}`}`)
    .join("; ");
  if (unreadable > 0) {
    return bad(
      "sources",
      `${detail}; ${unreadable} unreadable`,
      "Update Rollcall, then: npm run rollcall -- replay",
    );
  }
  const advice = "Enter the webhook path at the provider; `source list` prints it.";
  if (silent.length === deliveredBy.length) return bad("sources", detail, advice);
  if (silent.length === 0) return good("sources", detail);
  return good("sources", detail, `${advice} Never heard of: ${silent.join(", ")}.`);
}

/** Sources whose last webhook was not taken. */
export async function refused({ database: { orm } }: CliContext): Promise<Check> {
  const now = Date.now();
  const open = Map.groupBy(await openRefusals(orm), ({ sourceId }) => sourceId);
  const all = [...open.values()].flatMap((own) => refusedSource(own) ?? []);
  const current = all.filter((one) => isStillTrue(one, now));
  const counted = await readRefused(orm, now, DAYS_COUNTED);
  const nowhere = nowhereWords(counted);
  if (current.length === 0) {
    return good("refused", ["the last webhook of every source was taken", ...nowhere].join("; "));
  }
  const detail = current.map((one) => {
    const { why } = refusalWords(one.reason);
    const silent = mayBeOff(one, now) ? "; its provider may have switched the webhook off" : "";
    const same = counted.find(
      ({ source, reason }) => source?.id === one.source.id && reason === one.reason,
    );
    const hint = same === undefined ? "" : `. ${refusalHint(same, utcClock)}`;
    return `${one.source.name}: ${one.count} since ${one.since}, the last at ${one.last_at}: ${why}${silent}${hint}`;
  });
  const advice = new Set(current.map(({ reason }) => refusalWords(reason).advice));
  if (current.some((one) => mayBeOff(one, now))) {
    advice.add("Look at the provider whether its webhook is switched off, and switch it on again.");
  }
  return bad("refused", [...detail, ...nowhere].join(" "), [...advice].join(" "));
}

/** Refusals of so many last days are looked at for what they may come from. */
const DAYS_COUNTED = 1;

/** What was sent to no source. Anybody may send that, so it is said, and is no fault. */
function nowhereWords(counted: readonly RefusedOften[]): string[] {
  return counted.flatMap((one) => {
    if (one.source !== null) return [];
    const from = one.lastAddress === null ? "" : `, the last from ${one.lastAddress}`;
    return [`${one.count} to addresses of no source${from}`];
  });
}

/** Stays of the last week without a reported end, and people who were in under one user id at once. */
export async function stays({ database: { orm } }: CliContext): Promise<Check> {
  const doubts = await doubtsBySource(orm, Date.now() - WEEK_MS);
  if (doubts.length === 0) return good("stays", "every end of the last week was reported");
  const detail = doubts
    .map(({ name, unreported, person, room, sharing }) => {
      const parts = [
        ...(unreported > 0
          ? [`${unreported} without a reported end, the latest ${person ?? "a guest"} in ${room}`]
          : []),
        ...(sharing > 0 ? [`${sharing} people shared a user id with others at the same time`] : []),
      ];
      return `${name}: ${parts.join("; ")}`;
    })
    .join(" ");
  const advice = [
    ...(doubts.some(({ unreported }) => unreported > 0)
      ? ["Deliveries were lost: look at the provider whether its webhook is switched off."]
      : []),
    ...(doubts.some(({ sharing }) => sharing > 0)
      ? ["Give each person a user id of their own in the meeting tokens, or none."]
      : []),
  ].join(" ");
  return good("stays", detail, advice);
}
