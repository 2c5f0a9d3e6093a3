import { closingLine, countStage, total } from "./count.mjs";
import { seconds } from "./step.mjs";

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<boolean>} run returns whether it succeeded
 * @property {() => import("./count.mjs").Counts | null} [report] the counts of its tests
 */

/**
 * Runs every stage under its heading, also after a failure, and ends with what failed and the count of all tests.
 * Stages that did not run because the run was stopped have failed.
 *
 * @param {readonly Stage[]} stages
 * @param {{ write: (text: string) => unknown }} out
 * @param {AbortSignal} stop
 * @returns {Promise<boolean>} whether everything passed
 */
export async function runStages(stages, out, stop) {
  const failed = [];
  const counts = [];
  for (const { name, run, report } of stages) {
    out.write(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}\n`);
    const begun = Date.now();
    const succeeded = stop.aborted ? false : await succeeds(run, out);
    const own = countStage(succeeded, report?.());
    if (own.failed > 0) failed.push(name);
    counts.push(own);
    const outcome = own.failed === 0 ? "passed" : stop.aborted ? "STOPPED" : "FAILED";
    out.write(`── ${name}: ${outcome} in ${seconds(begun)}\n`);
  }
  out.write(failed.length > 0 ? `\nFailed: ${failed.join(", ")}.\n` : "\nAll checks passed.\n");
  out.write(closingLine(total(counts)));
  return failed.length === 0;
}

async function succeeds(run, out) {
  try {
    return await run();
  } catch (error) {
    out.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    return false;
  }
}
