import { z } from "zod";
import { database } from "#db/client.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { listSources, type SourceChanges, type StoredSource, sourceById } from "#db/sources.ts";
import { IMPORT } from "#domain/history/imports.ts";
import {
  LONGEST_WORD,
  MOST_GAP_MS,
  MOST_GRACE_MS,
  MOST_WORDS,
  type SourceShown,
} from "#domain/sources.ts";
import { retellingSources } from "#server/jobs/retelling-sources.ts";
import { surroundings } from "#server/process.ts";
import { provider } from "#server/providers/providers.ts";
import { setSource, webhookPath } from "#server/source-settings.ts";
import { ApiError, notFound } from "./answer.ts";
import { bodyOf } from "./body.ts";

const ms = (most: number) => z.int().min(0).max(most).optional();

const changed = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  empty_gap_ms: ms(MOST_GAP_MS),
  grace_ms: ms(MOST_GRACE_MS),
  note_takers: z.array(z.string().trim().min(1).max(LONGEST_WORD)).max(MOST_WORDS).optional(),
});

/** Every source as it is set, oldest first. */
export async function readSources(): Promise<SourceShown[]> {
  return (await listSources(database().orm)).map(shown);
}

/** `GET /api/v1/sources` */
export async function getSources(): Promise<Response> {
  return Response.json({ results: (await readSources()).map(sourceJson) });
}

/**
 * `PATCH /api/v1/sources/{id}`: what is left out stays. Where it changes what is told, the past is told again;
 * how far that is stands in the list.
 */
export async function patchSource(request: Request, id: string): Promise<Response> {
  const { name, empty_gap_ms, grace_ms, note_takers } = await bodyOf(request, changed, badSource);
  const source = await sourceNamed(id);
  const change: SourceChanges = {
    ...(name !== undefined && { name }),
    ...(empty_gap_ms !== undefined && { emptyGapMs: empty_gap_ms }),
    ...(grace_ms !== undefined && { graceMs: grace_ms }),
    ...(note_takers !== undefined && { noteTakers: [...new Set(note_takers)] }),
  };
  const isToldAnew = await setSource(database().orm, source, change, Date.now());
  if (isToldAnew) retellingSources().tell(database(), surroundings().log);
  return Response.json(sourceJson(shown(await sourceNamed(id))));
}

async function sourceNamed(id: string): Promise<StoredSource> {
  const source = isMeetingId(id) ? await sourceById(database().orm, id) : null;
  if (source === null) throw notFound("source");
  return source;
}

function shown(source: StoredSource): SourceShown {
  const { id, name, emptyGapMs, graceMs, noteTakers, untoldSince } = source;
  const told = retellingSources().seen(id);
  return {
    id,
    provider: source.provider,
    name,
    webhookPath: source.provider === IMPORT ? null : webhookPath(source.provider, id),
    partsByGap: provider(source.provider)?.meetings === "by_gap",
    emptyGapMs,
    graceMs,
    noteTakers,
    untold: untoldSince === null ? null : (told ?? { done: 0, total: null }),
  };
}

function sourceJson(source: SourceShown) {
  return {
    id: source.id,
    provider: source.provider,
    name: source.name,
    webhook_path: source.webhookPath,
    meetings: source.partsByGap ? "by_gap" : "one_per_room",
    empty_gap_ms: source.emptyGapMs,
    grace_ms: source.graceMs,
    note_takers: source.noteTakers,
    untold: source.untold,
  };
}

function badSource(why: string): ApiError {
  return new ApiError(
    400,
    "bad_source",
    `Send any of name, empty_gap_ms (up to ${MOST_GAP_MS}), grace_ms (up to ${MOST_GRACE_MS}) and note_takers, a list of words: ${why}.`,
  );
}
