import type { WaitSelection } from "#db/waits/wait-filter.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import type { FileEndpoint } from "#server/files/file-routes.ts";
import { narrowedWords } from "#server/files/intro.ts";
import type { Endpoint } from "#server/http/api.ts";
import { RANGE } from "#server/http/takes.ts";
import { getWaiting, lostJson, waitsJson } from "./api.ts";
import { waitColumns } from "./export.ts";
import { lostWaits, plainWaits, waits } from "./list.ts";
import { METRICS } from "./query.ts";

export const readWaiting: Endpoint = {
  who: "read",
  takes: [...Object.keys(METRICS.shape), ...RANGE],
  respond: ({ url }) => getWaiting(url),
};

const file = {
  columns: waitColumns,
  itemsOf: (rows: readonly WaitListRow[]) => rows,
  batch: 1_000,
  intro: (selection: WaitSelection) => ({
    title: selection.shown === "lost" ? "People who were lost while waiting" : "Waits",
    narrowed: narrowedWords(selection),
  }),
  invented: ({ source }: WaitListRow) => source.demo === true,
};

export const listWaits: Endpoint = plainWaits.endpoint(waitsJson);

export const waitsFile: FileEndpoint = waits.file({ ...file, name: "waits" });

export const listLost: Endpoint = lostWaits.endpoint(lostJson);

export const lostFile: FileEndpoint = lostWaits.file({ ...file, name: "waits-lost" });
