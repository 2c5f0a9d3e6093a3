import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, type MockInstance, vi } from "vitest";
import { readAllParts } from "#components/ui/lazy/part.ts";
import { forgetAnswers, unanswered, unansweredFetch } from "./network.ts";

// Lazy parts of a page are loaded beforehand: the tests of a screen are not about loading.
beforeAll(readAllParts);

// So are the schemas of answers.
import.meta.glob("/server/*/schema.ts", { eager: true });

// The same deadline as for everything else that waits, as a machine may be busy.
configure({ asyncUtilTimeout: 120_000 });

globalThis.fetch = unansweredFetch;

let consoleError: MockInstance<typeof console.error>;

beforeEach(() => {
  // The operator's name and the history's state must not leak into the next test.
  localStorage.clear();
  forgetAnswers();
  consoleError = vi.spyOn(console, "error");
});

/** React reports a faulty component by `console.error`; here that fails the test. */
afterEach(() => {
  cleanup();
  expect(unanswered, "was asked, and no answer to it was prepared").toEqual([]);
  expect(consoleError, "console.error was called").not.toHaveBeenCalled();
  consoleError.mockRestore();
});
