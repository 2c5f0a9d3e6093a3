import type { SourceChanges, StoredSource } from "#db/sources/sources.ts";
import { MOST_KEPT_DAYS, MOST_KEPT_MONTHS } from "#domain/privacy/retention/retention.ts";
import { MOST_GAP_MS, MOST_GRACE_MS, wordsIn } from "#domain/sources/sources.ts";
import { expiryOf } from "#server/privacy/retention/preview.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { rebuildSource } from "#server/runtime/jobs/rebuild-source.ts";
import { setSource } from "#server/sources/settings.ts";
import { type CliContext, CommandError, note } from "./command.ts";
import { sourceNamed } from "./rotate.ts";
import { type ListedSource, listed, nameGiven } from "./sources.ts";

export interface UpdateFlags {
  name?: string;
  emptyGap?: number;
  grace?: number;
  noteTakers?: string;
  joinBots?: string;
  takeCalendar?: string;
  keepDeliveries?: string;
  keepPeople?: string;
  yes?: boolean;
}

/** Sets what the flags state, and rebuilds the past of the source where that changes it. */
export async function updateSource(
  context: CliContext,
  id: string,
  flags: UpdateFlags,
): Promise<ListedSource> {
  const { database, by } = context;
  const source = await sourceNamed(context, id);
  const change = changeOf(flags);
  if (Object.keys(change).length === 0) {
    throw new CommandError(
      "Say what to change: --name, --empty-gap, --grace, --note-takers, --join-bots, --take-calendar, --keep-deliveries or --keep-people.",
    );
  }
  if (flags.yes !== true) await mustBeNothing(context, source, change);
  if (await setSource(database, source, change, by, Date.now())) {
    note("Telling the past of this source again. It may be stopped: the server goes on with it.");
    await rebuildSource(database, source.id, (total, work) =>
      withProgress(total, "events projected again", { say: note, now: Date.now }, work),
    );
  }
  return listed({ ...source, ...change });
}

/** Throws where other limits would do away with something, with what that is. */
async function mustBeNothing(
  { database }: CliContext,
  source: StoredSource,
  change: SourceChanges,
): Promise<void> {
  if (change.keepDeliveriesMonths == null && change.keepPeopleDays == null) return;
  const { keepDeliveriesMonths = null, keepPeopleDays = null } = change;
  const limits = { keepDeliveriesMonths, keepPeopleDays };
  const gone = await expiryOf(database, source.id, Date.now(), limits);
  if (gone.deliveries === 0 && gone.meetings === 0) return;
  throw new CommandError(
    `${gone.deliveries} deliveries, and the people of ${gone.meetings} meetings (${gone.people} attendances), would go for good: say --yes.`,
  );
}

function changeOf({
  name,
  emptyGap,
  grace,
  noteTakers,
  joinBots,
  takeCalendar,
  keepDeliveries,
  keepPeople,
}: UpdateFlags): SourceChanges {
  return {
    ...(keepDeliveries !== undefined && {
      keepDeliveriesMonths: limitOf(keepDeliveries, "--keep-deliveries", MOST_KEPT_MONTHS),
    }),
    ...(keepPeople !== undefined && {
      keepPeopleDays: limitOf(keepPeople, "--keep-people", MOST_KEPT_DAYS),
    }),
    ...(name !== undefined && { name: nameGiven(name) }),
    ...(emptyGap !== undefined && { emptyGapMs: msOf(emptyGap, "--empty-gap", MOST_GAP_MS) }),
    ...(grace !== undefined && { graceMs: msOf(grace, "--grace", MOST_GRACE_MS) }),
    ...(noteTakers !== undefined && { noteTakers: wordsIn(noteTakers) }),
    ...(joinBots !== undefined && { joinsBots: yesOrNo(joinBots, "--join-bots") }),
    ...(takeCalendar !== undefined && {
      takesCalendar: yesOrNo(takeCalendar, "--take-calendar"),
    }),
  };
}

function yesOrNo(given: string, flag: string): boolean {
  if (given === "yes" || given === "no") return given === "yes";
  throw new CommandError(`${flag} takes yes or no.`);
}

function limitOf(given: string, flag: string, most: number): number | null {
  if (given === "none") return null;
  const limit = Number(given);
  if (/^\d+$/.test(given) && limit >= 1 && limit <= most) return limit;
  throw new CommandError(`${flag} takes 1 to ${most}, or none.`);
}

function msOf(seconds: number, flag: string, most: number): number {
  const ms = Math.round(seconds * 1_000);
  if (ms < 0 || ms > most) throw new CommandError(`${flag} takes 0 to ${most / 1_000} seconds.`);
  return ms;
}
