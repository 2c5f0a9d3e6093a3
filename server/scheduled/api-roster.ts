import { jsonOf } from "#server/http/json-body.ts";
import { rosterIn } from "./given-roster.ts";
import { badSchedule, readBody } from "./refusing.ts";

/** `POST /api/v1/rosters/read`: how a roster would be understood, line by line. Nothing is stored. */
export async function readGivenRoster(request: Request): Promise<Response> {
  const { roster, reading, faults } = rosterIn(await readBody(jsonOf(request)));
  if (roster === null || reading === null) {
    throw badSchedule([{ field: "roster", message: "must be text, to be read" }]);
  }
  // A roster that is too long is not read, so there are no lines to show.
  if (reading.lines.length === 0 && faults.length > 0) throw badSchedule(faults);
  return Response.json({ ...reading, faults });
}
