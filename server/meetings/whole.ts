import { type MeetingRow, recordsAfter, returnedIn } from "#db/meetings/meeting.ts";
import type { Reader } from "#db/sql/orm.ts";
import { waitKey } from "#domain/participant/room-context.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { rulesOfRow } from "#server/live/rules.ts";
import { meetingJson } from "./json.ts";
import type { meeting } from "./schema.ts";

/** A meeting with its people, projected as of `now`; with another grace than that of its source where one is given. */
export async function wholeMeeting(
  reader: Reader,
  row: MeetingRow,
  now: Ms,
  graceMs: Ms | null = null,
): Promise<AnswerOf<typeof meeting>> {
  const records = await recordsAfter(reader, row.id, 0);
  const rules = rulesOfRow(row);
  const waits = await returnedIn(reader, row.id);
  const returned = new Set(waits.map((wait) => waitKey(wait.participantId, wait.startedAt)));
  const elsewhere = { returned, overtakenAt: row.overtakenAt };
  const lens = { rules: { ...rules, graceMs: graceMs ?? rules.graceMs }, elsewhere };
  return meetingJson(row, records, lens, now);
}
