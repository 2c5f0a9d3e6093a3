import type { Reader } from "#db/sql/orm.ts";
import type { WaitOfList } from "#db/waits/list-waits.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import { withLeaves } from "#db/waits/wait-leaves.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import type { Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import { RANGE } from "#server/http/takes.ts";
import { getWaiting, lostJson, waitsJson } from "./api.ts";
import { waitColumns } from "./export.ts";
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
  columns: waitColumns,
  itemsOf: (rows: readonly WaitOfList[], { reader }: { reader: Reader }) =>
    withLeaves(reader, rows),
  batch: 1_000,
  intro: (selection: WaitSelection) => ({
    title: selection.shown === "lost" ? "People who were lost while waiting" : "Waits",
    narrowed: narrowedWords(selection),
  }),
  invented: ({ source }: WaitListRow) => source.demo === true,
};

export const listWaits: Endpoint = waits.endpoint(waitsJson, {
  summary: "Every wait, newest first",
  answer: answers.waits,
});

export const waitsFile: FileEndpoint = waits.file({
  ...file,
  summary: "Waits as a file",
  name: "waits",
});

export const listLost: Endpoint = lostWaits.endpoint(lostJson, {
  summary: "The people who were really lost, each with their last wait, newest first",
  answer: answers.lost,
});

export const lostFile: FileEndpoint = lostWaits.file({
  ...file,
  summary: "The people who were really lost as a file",
  name: "waits-lost",
});
