import type { Reader } from "#db/sql/orm.ts";
import type { WaitOfList } from "#db/waits/list-waits.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import { withLeaves } from "#db/waits/wait-leaves.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import type { Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import { answeredIn, filedIn } from "#server/http/lists/columns.ts";
import { RANGE } from "#server/http/takes.ts";
import { getWaiting } from "./api.ts";
import { leaverColumns, waitColumns } from "./columns.ts";
import { lostWaits, waits } from "./list.ts";
import { METRICS } from "./query.ts";
import * as answers from "./schema.ts";

export const readWaiting: Endpoint = {
  who: "read",
  summary: "The metrics of the waits that began in a range, by default four weeks",
  takes: { ...METRICS.shape, ...RANGE },
  answers: { 200: answers.waiting },
  respond: ({ url }) => getWaiting(url),
};

const file = {
  columns: filedIn(leaverColumns),
  itemsOf: (rows: readonly WaitOfList[], { reader }: { reader: Reader }) =>
    withLeaves(reader, rows),
  batch: 1_000,
  intro: (selection: WaitSelection) => ({
    title: selection.shown === "lost" ? "People who were lost while waiting" : "Waits",
    narrowed: narrowedWords(selection),
  }),
  invented: ({ source }: WaitListRow) => source.demo === true,
};

const listWaits: Endpoint = waits.endpoint(
  ...answeredIn(waitColumns, { row: "Wait", summary: "Every wait, newest first" }),
);

const waitsFile: FileEndpoint = waits.file({
  ...file,
  summary: "Waits as a file",
  name: "waits",
});

export const waitLists = { list: listWaits, file: waitsFile };

const [leaversJson, described] = answeredIn(leaverColumns, {
  row: "LostPerson",
  summary: "The people who were really lost, each with their last wait, newest first",
});

export const listLost: Endpoint = lostWaits.endpoint(
  async (rows, asked) => leaversJson(await withLeaves(asked.reader, rows), asked),
  described,
);

export const lostFile: FileEndpoint = lostWaits.file({
  ...file,
  summary: "The people who were really lost as a file",
  name: "waits-lost",
});
