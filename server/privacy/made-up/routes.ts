import { database } from "#db/connection/client.ts";
import { actorOf } from "#server/http/actor.ts";
import type { Endpoint } from "#server/http/api.ts";
import { download } from "#server/http/files/download.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { exportBytes, noteExport } from "./make.ts";

const TYPE = "application/octet-stream";

export const readExport: Endpoint = {
  who: "owner",
  audit: "export.made",
  ofPart: false,
  summary: "Everything that was received and read, with made-up names, as a file for `restore`",
  takes: {},
  body: null,
  atLength: true,
  answers: { 200: "The file" },
  text: TYPE,
  async respond(asking) {
    await noteExport(database(), actorOf(asking));
    const name = `rollcall-export-${new Date().toISOString().slice(0, 10)}.rollcall`;
    return download(exportBytes(database(), Date.now), { name, type: TYPE }, processContext().log);
  },
};
