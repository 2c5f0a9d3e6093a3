import type { Endpoint } from "#server/http/api.ts";
import { deleteDownload, getDownload } from "./downloads.ts";

export const readDownload: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getDownload(params.id),
};

/** Whoever may read a file may stop it. */
export const stopDownload: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => deleteDownload(params.id),
};
