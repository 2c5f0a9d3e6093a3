import { parseArgs } from "node:util";
import { before } from "./before.ts";
import { fanout } from "./fanout.ts";
import { flood } from "./flood.ts";
import { type HistoryOptions, history } from "./history.ts";
import { ingest } from "./ingest.ts";
import { meetingPage } from "./meeting-page.ts";
import { reportVoid, say, Void } from "./parts/report.ts";
import { pixel } from "./pixel.ts";
import { replaying } from "./replay.ts";
import { start } from "./start.ts";
import { steadily } from "./steady.ts";

/**
 * `npm run bench [-- name]`: measures costs, always as a ratio to a baseline in the same run. `history`, `flood` and
 * `replay` take `--events 100000,10000000`, and `--data` for a folder that has the larger history already; `before`
 * takes the larger of the two.
 */

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { events: { type: "string", default: "100000,1000000" }, data: { type: "string" } },
});

const benchmarks = new Map<string, () => Promise<void>>([
  ["ingest", ingest],
  ["steady", steadily],
  ["start", start],
  ["fanout", fanout],
  ["pixel", pixel],
  ["meeting-page", meetingPage],
  ["history", () => history({ events: sizes(flags.events), data: flags.data ?? null })],
  ["before", () => before(sizes(flags.events)[1])],
  ["flood", () => flood({ events: sizes(flags.events), data: flags.data ?? null })],
  ["replay", () => replaying({ events: sizes(flags.events), data: flags.data ?? null })],
]);

const unknown = wanted.filter((name) => !benchmarks.has(name));
if (unknown.length > 0) {
  say(
    `There is no benchmark ${unknown.join(", ")}: choose from ${[...benchmarks.keys()].join(", ")}.`,
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

function sizes(text: string): HistoryOptions["events"] {
  const [few = 0, many = 0, ...others] = text.split(",").map(Number);
  if (!(few > 0 && many > few) || others.length > 0) {
    say("--events takes two numbers, the smaller first: --events 100000,1000000.");
    process.exit(2);
  }
  return [few, many];
}
