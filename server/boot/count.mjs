/**
 * How many tests passed and failed. A test that did not run, or was interrupted, counts as failed, unless it is
 * marked to be skipped.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @type {Counts} */
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 };

/**
 * The counts of a stage. A failed stage has at least one failure, whatever its report has, and so has one whose
 * report is missing, cut off or empty. A stage without tests (`report` undefined) only adds its own failure.
 *
 * @param {boolean} succeeded
 * @param {Counts | null} [report]
 * @returns {Counts}
 */
export function countStage(succeeded, report) {
  if (report === undefined) return succeeded ? { passed: 0, failed: 0, skipped: 0 } : ONE_FAILED;
  if (report === null) return ONE_FAILED;
  const nothing = report.passed + report.failed === 0;
  return { ...report, failed: Math.max(report.failed, succeeded && !nothing ? 0 : 1) };
}

/**
 * From the file that `tally.mjs` writes. `null` where it is missing or incomplete.
 *
 * @returns {Counts | null}
 */
export function countVitest(report) {
  const { passed, failed, skipped } = report ?? {};
  return [passed, failed, skipped].every(Number.isInteger) ? { passed, failed, skipped } : null;
}

/**
 * From the report of Playwright, test by test: its own sums count as skipped what did not run. A test that passed
 * at the second try has passed. `null` where the report is missing or incomplete.
 *
 * @returns {Counts | null}
 */
export function countPlaywright(report) {
  if (!Array.isArray(report?.suites) || !Array.isArray(report.errors)) return null;
  const counts = { passed: 0, failed: report.errors.length, skipped: 0 };
  for (const test of report.suites.flatMap(testsIn)) counts[outcomeOf(test)] += 1;
  return counts;
}

function testsIn({ suites = [], specs = [] }) {
  return [...suites.flatMap(testsIn), ...specs.flatMap(({ tests }) => tests)];
}

function outcomeOf({ status, expectedStatus, results }) {
  if (status === "expected" || status === "flaky") return "passed";
  const skipped = status === "skipped" && expectedStatus === "skipped" && results.length > 0;
  return skipped ? "skipped" : "failed";
}

/** @param {Counts[]} counts */
export function total(counts) {
  const sum = (kind) => counts.reduce((all, one) => all + one[kind], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** The last line of a run, alone on its line. @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`;
}
