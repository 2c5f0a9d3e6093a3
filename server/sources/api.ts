import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { readWhole } from "#db/sources/catching-up/catch-ups.ts";
import type { SourceChanges } from "#db/sources/sources.ts";
import { LONGEST_TITLE, MOST_TITLE_RULES } from "#domain/participant/room-title.ts";
import { MOST_KEPT_DAYS, MOST_KEPT_MONTHS } from "#domain/privacy/retention/retention.ts";
import { LONGEST_WORD, MOST_GAP_MS, MOST_GRACE_MS, MOST_WORDS } from "#domain/sources/sources.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { sourceRebuilds } from "#server/runtime/jobs/rebuilding-sources.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { readOpened, readSettings, readSources, sourceJson } from "./json.ts";
import { mustStay, sourceNamed } from "./named.ts";
import type * as answers from "./schema.ts";
import { setSource } from "./settings.ts";

const ms = (most: number) => z.int().min(0).max(most).optional();

export const sourceShape = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  empty_gap_ms: ms(MOST_GAP_MS),
  grace_ms: ms(MOST_GRACE_MS),
  joins_bots: z.boolean().optional(),
  takes_calendar: z.boolean().optional(),
  note_takers: z.array(z.string().trim().min(1).max(LONGEST_WORD)).max(MOST_WORDS).optional(),
  keep_deliveries_months: z.int().min(1).max(MOST_KEPT_MONTHS).nullable().optional(),
  keep_people_days: z.int().min(1).max(MOST_KEPT_DAYS).nullable().optional(),
  room_titles: z
    .array(
      z.strictObject({
        pattern: z.string().min(1).max(LONGEST_TITLE),
        title: z.string().trim().min(1).max(LONGEST_TITLE),
      }),
    )
    .max(MOST_TITLE_RULES)
    .optional(),
});

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
  const { name, empty_gap_ms, grace_ms, joins_bots, takes_calendar, note_takers, ...others } =
    await bodyOf(request, sourceShape, badSource);
  const { room_titles, keep_deliveries_months: months, keep_people_days: days } = others;
  const source = await sourceNamed(id);
  mustStay(source);
  const change: SourceChanges = {
    ...(name !== undefined && { name }),
    ...(empty_gap_ms !== undefined && { emptyGapMs: empty_gap_ms }),
    ...(grace_ms !== undefined && { graceMs: grace_ms }),
    ...(joins_bots !== undefined && { joinsBots: joins_bots }),
    ...(takes_calendar !== undefined && { takesCalendar: takes_calendar }),
    ...(note_takers !== undefined && { noteTakers: [...new Set(note_takers)] }),
    ...(room_titles !== undefined && { roomTitles: room_titles }),
    ...(months !== undefined && { keepDeliveriesMonths: months }),
    ...(days !== undefined && { keepPeopleDays: days }),
  };
  const needsRebuild = await setSource(database(), source, change, actorOf(asking), Date.now());
  if (takes_calendar === true && !source.takesCalendar) await readWhole(database().orm, source.id);
  if (needsRebuild) sourceRebuilds().startInBackground(database(), processContext().log);
  return Response.json(await readSettings(await sourceNamed(id)));
}

/** `GET /api/v1/sources/{id}` */
export async function getSource(id: string, { caller }: Requester): Promise<Response> {
  return Response.json(await readOpened(await sourceNamed(id), caller));
}

function badSource(why: string): ApiError {
  return new ApiError(
    400,
    "bad_source",
    `Send any of name, empty_gap_ms (up to ${MOST_GAP_MS}), grace_ms (up to ${MOST_GRACE_MS}), joins_bots, true or false, note_takers, a list of words, keep_deliveries_months (1 to ${MOST_KEPT_MONTHS}, or null), keep_people_days (1 to ${MOST_KEPT_DAYS}, or null), and room_titles, a list of pattern and title: ${why}.`,
  );
}
