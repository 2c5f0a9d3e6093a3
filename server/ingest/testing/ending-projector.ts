import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { processContext } from "#server/runtime/process-context.ts";

/** The projector's thread; but the first in a data folder ends when it gets a delivery, and leaves a file there. */

const ended = join(processContext().env.dataDir, "ended");
if (existsSync(ended)) await import("#server/ingest/projector-work.ts");
else {
  parentPort?.on("message", ({ kind }: { kind: string }) => {
    if (kind !== "kept") return;
    writeFileSync(ended, "");
    process.exit(1);
  });
  parentPort?.postMessage({ kind: "begun" });
}
