import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A reporter of Vitest that writes how many tests passed, failed and were skipped. Vitest's own reports count as
 * skipped what could not run because its `beforeAll` failed, and leave out stray errors.
 *
 * @implements {import("vitest/node").Reporter}
 */
export class Tally {
  #path;

  /** @param {string} path where to write the counts; the file is missing before the run is over */
  constructor(path) {
    this.#path = path;
  }

  onInit() {
    rmSync(this.#path, { force: true });
  }

  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly unknown[]} strayErrors
   */
  onTestRunEnd(modules, strayErrors) {
    const counts = { passed: 0, failed: strayErrors.length, skipped: 0 };
    for (const module of modules) {
      const outcomes = [...module.children.allTests()].map(outcomeOf);
      for (const outcome of outcomes) counts[outcome] += 1;
      // A file that could not be run at all has no tests; it counts as one failure.
      if (
        module.state() !== "passed" &&
        module.state() !== "skipped" &&
        !outcomes.includes("failed")
      ) {
        counts.failed += 1;
      }
    }
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(counts));
  }
}

function outcomeOf(test) {
  const { state } = test.result();
  if (state === "passed") return "passed";
  return state === "skipped" && !isBelowFailure(test) ? "skipped" : "failed";
}

/** Whether a hook of an enclosing group has failed, so that the test never ran. */
function isBelowFailure(test) {
  if (test.options.mode === "skip" || test.options.mode === "todo") return false;
  for (let group = test.parent; group; group = group.type === "module" ? null : group.parent) {
    if (group.errors().length > 0) return true;
  }
  return false;
}
