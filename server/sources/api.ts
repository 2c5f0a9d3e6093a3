import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { endedRefusals, openRefusals } from "#db/sources/refusals.ts";
import {
  listSources,
  type SourceChanges,
  type StoredSource,
  sourceById,
} from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import {
  LONGEST_WORD,
  MOST_GAP_MS,
  MOST_GRACE_MS,
  MOST_WORDS,
  type SourceShown,
} from "#domain/sources/sources.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { refusedSource } from "#server/live/recording.ts";
import { provider } from "#server/providers/providers.ts";
import { sourceRebuilds } from "#server/runtime/jobs/rebuilding-sources.ts";
import { processContext } from "#server/runtime/process-context.ts";
import type * as answers from "./schema.ts";
import { setSource, webhookPath } from "./settings.ts";

const ms = (most: number) => z.int().min(0).max(most).optional();

export const sourceShape = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  empty_gap_ms: ms(MOST_GAP_MS),
  grace_ms: ms(MOST_GRACE_MS),
  note_takers: z.array(z.string().trim().min(1).max(LONGEST_WORD)).max(MOST_WORDS).optional(),
});

/** Every source with its settings, oldest first. */
export async function readSources(): Promise<SourceShown[]> {
  const { orm } = database();
  const [all, refused] = await Promise.all([listSources(orm), readRefused(orm)]);
  return all.map((source) => shown(source, refused.get(source.id) ?? null));
}

/** A refusal is shown for so long after the source was accepted again. */
const SHOWN_FOR_MS = 86_400_000;

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

/** `GET /api/v1/sources` */
export async function getSources(): Promise<Response> {
  const answer: AnswerOf<typeof answers.sources> = {
    results: (await readSources()).map(sourceJson),
  };
  return Response.json(answer);
}

/**
 * `PATCH /api/v1/sources/{id}`: a field left out stays. Where the change affects views and rows, the past of the
 * source is rebuilt; `untold` in the list is the progress of that.
 */
export async function patchSource(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { name, empty_gap_ms, grace_ms, note_takers } = await bodyOf(
    request,
    sourceShape,
    badSource,
  );
  const source = await sourceNamed(id);
  const change: SourceChanges = {
    ...(name !== undefined && { name }),
    ...(empty_gap_ms !== undefined && { emptyGapMs: empty_gap_ms }),
    ...(grace_ms !== undefined && { graceMs: grace_ms }),
    ...(note_takers !== undefined && { noteTakers: [...new Set(note_takers)] }),
  };
  const needsRebuild = await setSource(database(), source, change, actorOf(asking), Date.now());
  if (needsRebuild) sourceRebuilds().startInBackground(database(), processContext().log);
  const [changedSource, refused] = await Promise.all([
    sourceNamed(id),
    readRefused(database().orm),
  ]);
  return Response.json(sourceJson(shown(changedSource, refused.get(id) ?? null)));
}

async function sourceNamed(id: string): Promise<StoredSource> {
  const source = isUuid(id) ? await sourceById(database().orm, id) : null;
  if (source === null) throw notFound("source");
  return source;
}

function shown(source: StoredSource, refused: SourceShown["refused"]): SourceShown {
  const own = provider(source.provider);
  const { id, name, isDemo, emptyGapMs, graceMs, noteTakers, untoldSince } = source;
  const progress = sourceRebuilds().seen(id);
  return {
    id,
    provider: source.provider,
    name,
    ...(isDemo && { demo: true }),
    webhookPath: own?.connect === null ? null : webhookPath(source.provider, id),
    partsByGap: own?.meetings === "by_gap",
    emptyGapMs,
    graceMs,
    noteTakers,
    untold: untoldSince === null ? null : (progress ?? { done: 0, total: null }),
    refused,
  };
}

function sourceJson(source: SourceShown): AnswerOf<typeof answers.sourceWithSettings> {
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
    untold: source.untold,
    refused: source.refused && {
      count: source.refused.count,
      reason: source.refused.reason,
      since: source.refused.since,
      last_at: source.refused.last_at,
      over_at: source.refused.over_at,
    },
  };
}

function badSource(why: string): ApiError {
  return new ApiError(
    400,
    "bad_source",
    `Send any of name, empty_gap_ms (up to ${MOST_GAP_MS}), grace_ms (up to ${MOST_GRACE_MS}) and note_takers, a list of words: ${why}.`,
  );
}
