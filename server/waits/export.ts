import { database } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import { listWaitRows, type WaitCursor } from "#db/waits/waits.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import { OUTCOME_WORDS, SURE } from "#server/files/file-words.ts";
import { exported, type FileFormat } from "#server/files/formats.ts";
import { introOf, narrowedWords } from "#server/files/intro.ts";
import type { Batches, Column } from "#server/files/table.ts";
import { offsetIn } from "#server/http/period.ts";
import { timeZoneOf } from "#server/http/range.ts";
import { providerTitles } from "#server/providers/providers.ts";
import { waitSelectionIn } from "./query.ts";

const BATCH = 1_000;

/** `GET /api/v1/waits.csv` and `.json`: every wait that the query selects, newest first. */
export async function exportWaits(url: URL, format: FileFormat): Promise<Response> {
  return exportSelection(url, format, waitSelectionIn(url), "waits");
}

/** `GET /api/v1/waiting/lost.csv` and `.json`: everybody who was lost, with their last wait. */
export async function exportLost(url: URL, format: FileFormat): Promise<Response> {
  return exportSelection(url, format, { ...waitSelectionIn(url), shown: "lost" }, "waits-lost");
}

async function exportSelection(
  url: URL,
  format: FileFormat,
  selection: WaitSelection,
  name: string,
): Promise<Response> {
  const now = Date.now();
  const timeZone = timeZoneOf(url);
  return exported(url, format, {
    table: { columns: columnsAsOf(now), batches: inBatches(database().orm, selection) },
    name: `${name}-${dayAt(now, offsetIn(timeZone))}`,
    timeZone,
    about: { as_of: toWireTime(now) },
    invented: ({ source }) => source.demo === true,
    intro: introOf(
      selection.shown === "lost" ? "People who were lost while waiting" : "Waits",
      { range: selection, narrowed: narrowedWords(selection), asOf: now },
      offsetIn(timeZone),
    ),
  });
}

/** Each batch starts after the last row of the one before, so no cursor or transaction stays open meanwhile. */
async function* inBatches(reader: Reader, selection: WaitSelection): Batches<WaitListRow> {
  let key: WaitCursor | null = null;
  for (;;) {
    const rows: WaitListRow[] = await listWaitRows(
      reader,
      selection,
      key && { direction: "next", key },
      BATCH,
    );
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    key = last;
  }
}

function columnsAsOf(now: Ms): Column<WaitListRow>[] {
  return [
    { name: "meeting_id", kind: "text", only: "programs", value: ({ meetingId }) => meetingId },
    {
      name: "provider",
      kind: "word",
      words: providerTitles,
      value: ({ source }) => source.provider,
    },
    { name: "source", kind: "text", value: ({ source }) => source.name },
    { name: "room", kind: "text", value: ({ room }) => room },
    { name: "title", kind: "text", value: ({ title }) => title },
    { name: "person_id", kind: "text", only: "programs", value: ({ personId }) => personId },
    { name: "name", kind: "text", leads: true, value: ({ name }) => name },
    {
      name: "started_at",
      heading: "Began to wait",
      kind: "moment",
      value: ({ startedAt }) => startedAt,
    },
    { name: "ended_at", heading: "Wait ended", kind: "moment", value: ({ endedAt }) => endedAt },
    {
      name: "duration",
      heading: "Waited",
      kind: "duration",
      value: ({ startedAt, endedAt }) => Math.max(0, (endedAt ?? now) - startedAt),
    },
    {
      name: "outcome",
      heading: "How it ended",
      kind: "word",
      words: OUTCOME_WORDS,
      value: ({ outcome }) => outcome,
    },
    {
      name: "duration_is",
      heading: "Waited, how sure",
      kind: "word",
      words: SURE.length,
      value: waitCertainty,
    },
    {
      name: "inferred",
      heading: "End not reported",
      kind: "flag",
      value: ({ inferred }) => inferred,
    },
    {
      name: "leaves",
      heading: "Times left within a day",
      kind: "number",
      value: ({ leaves }) => leaves,
    },
  ];
}
