/**
 * How many tests passed and failed, from the reports the runners write.
 *
 * @typedef {{ passed: number, failed: number }} Counts
 */

const NOTHING = { passed: 0, failed: 0 };

/** A file that could not be run at all has no tests of its own; it counts as one that failed. */
export function countVitest(report) {
  if (!report) return NOTHING;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** A test that passed at the second try has passed. */
export function countPlaywright(report) {
  if (!report) return NOTHING;
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0) };
}

export function total(...counts) {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}
