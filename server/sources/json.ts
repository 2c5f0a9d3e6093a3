import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { catchUpOf, type StoredCatchUp } from "#db/sources/catching-up/catch-ups.ts";
import { firstHeard, heardBySource } from "#db/sources/hearing.ts";
import { endedRefusals, openRefusals } from "#db/sources/refusals.ts";
import { listSources, type StoredSource } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { silenceOf } from "#domain/sources/silence.ts";
import type { SourceShown } from "#domain/sources/sources.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { refusedSource } from "#server/live/recording.ts";
import { provider } from "#server/providers/providers.ts";
import { DecryptionError, decrypt } from "#server/runtime/encryption.ts";
import { deletionOf, sourceDeletions } from "#server/runtime/jobs/deleting-sources.ts";
import { type JobElsewhere, jobsElsewhere } from "#server/runtime/jobs/job-report.ts";
import { rebuildOf, sourceRebuilds } from "#server/runtime/jobs/rebuilding-sources.ts";
import { processContext } from "#server/runtime/process-context.ts";
import type * as answers from "./schema.ts";
import { webhookPath } from "./settings.ts";

/** A refusal is shown for so long after the source was accepted again. */
const SHOWN_FOR_MS = 86_400_000;

/** Every source with its settings, oldest first. Four statements, however many there are, and one more while any is rebuilt or deleted. */
export async function readSources(): Promise<SourceShown[]> {
  return shownAll(await listSources(database().orm), null);
}

/** Sources with what is known of them. */
async function shownAll(
  sources: readonly StoredSource[],
  ids: readonly string[] | null,
): Promise<SourceShown[]> {
  const { orm } = database();
  const now = Date.now();
  const jobs = sources.flatMap(({ id, untoldSince, deletingSince }) => [
    ...(untoldSince === null ? [] : [rebuildOf(id)]),
    ...(deletingSince === null ? [] : [deletionOf(id)]),
  ]);
  const [refused, heard, reported] = await Promise.all([
    readRefused(orm),
    heardBySource(orm, ids),
    jobsElsewhere(seeing(WHOLE_SIGHT, database), jobs),
  ]);
  const heardOf = new Map(heard.map((one) => [one.id, one]));
  return sources.map((source) => {
    const { lastAt = null, longest = [] } = heardOf.get(source.id) ?? {};
    const { state, usualMs, allowedMs, weeks } = silenceOf({ lastAt, longest }, now);
    return {
      ...settingsShown(source, reported),
      refused: refused.get(source.id) ?? null,
      lastAt: toWireTime(lastAt),
      silence: { state, usualMs, allowedMs, weeks },
    };
  });
}

/** By source id, the refusals that are open, else those that ended last. */
async function readRefused(orm: Orm): Promise<Map<string, NonNullable<SourceShown["refused"]>>> {
  const [open, ended] = await Promise.all([
    openRefusals(orm),
    endedRefusals(orm, Date.now() - SHOWN_FOR_MS),
  ]);
  const all = [...open, ...ended];
  const refused = new Map<string, NonNullable<SourceShown["refused"]>>();
  for (const [id, own] of Map.groupBy(all, ({ sourceId }) => sourceId)) {
    const now = own.filter(({ overAt }) => overAt === null);
    const overAt = now.length > 0 ? null : Math.max(...own.map((one) => one.overAt ?? 0));
    const one = refusedSource(own.filter((part) => part.overAt === overAt));
    if (one !== null) refused.set(id, { ...one, over_at: toWireTime(overAt) });
  }
  return refused;
}

const reportedRebuild = z.object({ done: z.number(), total: z.number() });
const reportedDeletion = z.object({
  state: z.enum(["running", "stopped"]),
  ...{ done: z.number(), total: z.number() },
});

/** How far what other processes do with a source is, by their last reports; `null` where nothing is known. */
function elsewhere<Seen>(job: JobElsewhere | undefined, shape: z.ZodType<Seen>): Seen | null {
  if (job === undefined || job.isSilent) return null;
  return shape.safeParse(job.progress).data ?? null;
}

function settingsShown(source: StoredSource, reported: ReadonlyMap<string, JobElsewhere>) {
  const own = provider(source.provider);
  const { id, name, isDemo, emptyGapMs, graceMs, noteTakers, joinsBots, untoldSince } = source;
  const { takesCalendar } = source;
  const { keepDeliveriesMonths, keepPeopleDays, retained } = source;
  const rebuild =
    sourceRebuilds().seen(id) ?? elsewhere(reported.get(rebuildOf(id)), reportedRebuild);
  const progress = rebuild ?? { done: 0, total: null };
  const stopped = source.rebuildStoppedAt !== null;
  const seen =
    sourceDeletions().seen(id) ?? elsewhere(reported.get(deletionOf(id)), reportedDeletion);
  return {
    id,
    provider: source.provider,
    name,
    ...(isDemo && { demo: true as const }),
    webhookPath: own?.connect == null ? null : webhookPath(source.provider, id),
    partsByGap: own?.meetings === "by_gap",
    emptyGapMs,
    graceMs,
    noteTakers,
    joinsBots,
    takesCalendar,
    ...{ keepDeliveriesMonths, keepPeopleDays, retained },
    createdAt: toWireTime(source.createdAt),
    pausedAt: toWireTime(source.pausedAt),
    untold: untoldSince === null ? null : { ...progress, stopped },
    removal:
      source.deletingSince === null
        ? null
        : (seen ?? { state: "running" as const, done: null, total: null }),
  };
}

/** A source as the list of the API has it. */
export function sourceJson(source: SourceShown): AnswerOf<typeof answers.sourceWithSettings> {
  const { silence, refused, removal, retained } = source;
  return {
    id: source.id,
    provider: source.provider,
    name: source.name,
    ...(source.demo && { demo: source.demo }),
    webhook_path: source.webhookPath,
    meetings: source.partsByGap ? "by_gap" : "one_per_room",
    empty_gap_ms: source.emptyGapMs,
    grace_ms: source.graceMs,
    note_takers: [...source.noteTakers],
    joins_bots: source.joinsBots,
    takes_calendar: source.takesCalendar,
    keep_deliveries_months: source.keepDeliveriesMonths,
    keep_people_days: source.keepPeopleDays,
    expired: retained && {
      deliveries: retained.deliveries,
      meetings: retained.meetings,
      people: retained.people,
      begun_at: toWireTime(retained.begunAt),
      done_at: toWireTime(retained.doneAt),
    },
    created_at: source.createdAt,
    paused_at: source.pausedAt,
    last_heard_at: source.lastAt,
    silence: {
      state: silence.state,
      usual_ms: silence.usualMs,
      allowed_ms: silence.allowedMs,
      weeks: silence.weeks,
    },
    untold: source.untold,
    refused: refused && {
      count: refused.count,
      reason: refused.reason,
      since: refused.since,
      last_at: refused.last_at,
      over_at: refused.over_at,
    },
    removal,
  };
}

/** One source with its settings. */
export async function readSettings(
  source: StoredSource,
): Promise<AnswerOf<typeof answers.sourceWithSettings>> {
  const [shown] = await shownAll([source], [source.id]);
  if (shown === undefined) throw new Error("a source is shown as one");
  return sourceJson(shown);
}

/** One source with all that its page shows; secrets only to those who may change them. */
export async function readOpened(
  source: StoredSource,
  caller: Caller,
): Promise<AnswerOf<typeof answers.openedSource>> {
  const [settings, first, catchUp] = await Promise.all([
    readSettings(source),
    firstHeard(database().orm, source.id),
    catchUpOf(database().orm, source.id),
  ]);
  const { publicUrl } = processContext().env;
  const { webhook_path } = settings;
  const isOwners = isAllowed(caller, "owner");
  const hasCalendar = provider(source.provider)?.calendar !== undefined;
  const { sealedApiKey, apiKeyAt } = source;
  return {
    ...settings,
    webhook_url: webhook_path === null || publicUrl === null ? null : `${publicUrl}${webhook_path}`,
    catching_up: source.sealedApiKey === null ? null : catchUpJson(catchUp, isOwners, hasCalendar),
    room_titles: source.roomTitles.map(({ pattern, title }) => ({ pattern, title })),
    first: {
      ping_at: toWireTime(source.pingedAt),
      // Deliveries may be dropped long after they came.
      delivery_at: toWireTime(first.deliveryAt ?? first.joinAt ?? first.leaveAt),
      join_at: toWireTime(first.joinAt),
      leave_at: toWireTime(first.leaveAt),
    },
    secrets: isOwners
      ? source.secrets.map(({ sealed, createdAt, lastUsedAt, retiresAt }) => ({
          last_four: lastFourOf(sealed),
          created_at: toWireTime(createdAt),
          last_used_at: toWireTime(lastUsedAt),
          retires_at: toWireTime(retiresAt),
        }))
      : null,
    api_address: isOwners ? source.apiAddress : null,
    api_key:
      isOwners && sealedApiKey !== null
        ? { last_four: lastFourOf(sealedApiKey), kept_since: toWireTime(apiKeyAt) }
        : null,
  };
}

/** How a source that keeps a key is caught up with. */
function catchUpJson(
  catchUp: StoredCatchUp | null,
  isOwners: boolean,
  hasCalendar: boolean,
): NonNullable<AnswerOf<typeof answers.openedSource>["catching_up"]> {
  const { problem = null, webhook = null } = catchUp ?? {};
  return {
    caught_up_to: toWireTime(catchUp?.caughtUpTo ?? null),
    under_way:
      catchUp === null || catchUp.begunAt === null
        ? null
        : {
            since: toWireTime(catchUp.since ?? catchUp.begunAt),
            begun_at: toWireTime(catchUp.begunAt),
            calls: catchUp.calls,
          },
    found: catchUp?.found ?? 0,
    last_found_at: toWireTime(catchUp?.lastFoundAt ?? null),
    problem,
    said: isOwners ? (catchUp?.said ?? null) : null,
    next_at: toWireTime(catchUp?.nextAt ? catchUp.nextAt : null),
    calendar: hasCalendar
      ? {
          read_at: toWireTime(catchUp?.calendarAt ?? null),
          problem: catchUp?.calendarProblem ?? null,
        }
      : null,
    webhook: webhook && { state: webhook, since: toWireTime(catchUp?.webhookSince ?? null) },
  };
}

/** The end of a secret, by which people recognise it; `null` where it does not open any more. */
function lastFourOf(sealed: Uint8Array): string | null {
  try {
    // Base64 may end in `=`, which says nothing.
    return decrypt(sealed, processContext().env.secret).replace(/=+$/, "").slice(-4);
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}
