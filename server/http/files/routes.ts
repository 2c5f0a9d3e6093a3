import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteDownload, getDownload } from "./downloads.ts";
import { fileStopped, fileUnderWay } from "./schema.ts";

export const readDownload: Endpoint<"id"> = {
  who: "export",
  summary: "How far a file is that was asked for with download={id}",
  takes: {},
  answers: { 200: fileUnderWay },
  fails: ["not_found"],
  respond: ({ params }) => getDownload(params.id),
};

/** Whoever may export a file may stop it. */
export const stopDownload: ChangingEndpoint<"id"> = {
  who: "export",
  audit: {
    nothing: "it stops a file that is noted when it ends, and changes nothing that is stored",
  },
  summary: "Stops the making of the file, which breaks it off",
  takes: {},
  answers: { 200: fileStopped },
  fails: ["not_found"],
  respond: ({ params }) => deleteDownload(params.id),
};
