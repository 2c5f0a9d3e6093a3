import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { buildName } from "#server/runtime/build.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { cleaned, pageErrorShape, patternOf } from "./cleaned.ts";
import type { reported } from "./schema.ts";

const MINUTE_MS = 60_000;
/** How many reports a minute are read: of one session, and of all together. */
const MOST_OF_ONE = 10;
const MOST = 60;

let read = { since: Number.NEGATIVE_INFINITY, all: 0, by: new Map<string, number>() };

/** `POST /api/v1/page-errors` */
export async function postPageError({
  request,
  caller,
}: Asked<never> & Requester): Promise<Response> {
  const { pageErrors } = processCounts();
  if (!isRead(sessionOf(caller), performance.now())) {
    pageErrors.dropped += 1;
    return answer("dropped");
  }
  const report = await bodyOf(
    request,
    pageErrorShape,
    (why) => new ApiError(400, "bad_page_error", `${why}.`),
  );
  pageErrors.logged += 1;
  const about = { kind: report.kind, page: patternOf(report), build: buildName() };
  processContext().log.warn({ err: cleaned(report), ...about }, "a page failed in a browser");
  return answer("logged");
}

function answer(status: AnswerOf<typeof reported>["status"]): Response {
  const body: AnswerOf<typeof reported> = { status };
  return Response.json(body, { status: 202 });
}

/** Whether another report of a session is read now. */
function isRead(session: string, now: number): boolean {
  if (now - read.since >= MINUTE_MS) read = { since: now, all: 0, by: new Map() };
  const own = read.by.get(session) ?? 0;
  if (read.all >= MOST || own >= MOST_OF_ONE) return false;
  read.all += 1;
  read.by.set(session, own + 1);
  return true;
}

function sessionOf(caller: Caller): string {
  return caller.kind === "member" ? caller.session : caller.kind;
}
