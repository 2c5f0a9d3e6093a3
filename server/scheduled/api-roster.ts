import { jsonOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { rosterIn } from "./given-roster.ts";
import { badSchedule, readBody } from "./refusing.ts";
import type { rosterRead } from "./schema.ts";

/** `POST /api/v1/rosters/read`: how a roster would be understood, line by line. Nothing is stored. */
export async function readGivenRoster(request: Request): Promise<Response> {
  const { roster, reading, faults } = rosterIn(await readBody(jsonOf(request)));
  if (roster === null || reading === null) {
    throw badSchedule([{ field: "roster", message: "must be text, to be read" }]);
  }
  // A roster that is too long is not read, so there are no lines to show.
  if (reading.lines.length === 0 && faults.length > 0) throw badSchedule(faults);
  const answer: AnswerOf<typeof rosterRead> = { ...reading, faults };
  return Response.json(answer);
}
