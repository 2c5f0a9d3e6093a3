import { fanout } from "./fanout.ts";
import { ingest } from "./ingest.ts";
import { meetingPage } from "./meeting-page.ts";
import { reportVoid, say, Void } from "./parts/report.ts";
import { pixel } from "./pixel.ts";

/** `npm run bench [-- name]`: what it costs, always as a ratio against a baseline in the same run. */

const benchmarks = new Map<string, () => Promise<void>>([
  ["ingest", ingest],
  ["fanout", fanout],
  ["pixel", pixel],
  ["meeting-page", meetingPage],
]);

const wanted = process.argv.slice(2);
const strangers = wanted.filter((name) => !benchmarks.has(name));
if (strangers.length > 0) {
  say(
    `There is no benchmark ${strangers.join(", ")}: choose from ${[...benchmarks.keys()].join(", ")}.`,
  );
  process.exit(2);
}

for (const [name, run] of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Void)) throw error;
    reportVoid(error.benchmark, error.message);
    process.exitCode = 1;
  }
}
