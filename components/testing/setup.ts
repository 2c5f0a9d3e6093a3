import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, type MockInstance, vi } from "vitest";
import { readAllParts } from "#components/ui/lazy/part.ts";
import { askNobody, forgetAnswers, unanswered } from "./network.ts";

// What a page reads when it is first wanted is here already: the tests of a screen are not about that.
beforeAll(readAllParts);

// As patient as everything else that waits: for machines that are busy with something else too.
configure({ asyncUtilTimeout: 120_000 });

globalThis.fetch = askNobody;

let consoleError: MockInstance<typeof console.error>;

beforeEach(() => {
  // Who signs, and how a screen was left, is of one test.
  localStorage.clear();
  forgetAnswers();
  consoleError = vi.spyOn(console, "error");
});

/** React says what is wrong with a component by `console.error`; here that fails the test. */
afterEach(() => {
  cleanup();
  expect(unanswered, "was asked, and no answer to it was prepared").toEqual([]);
  expect(consoleError, "console.error was called").not.toHaveBeenCalled();
  consoleError.mockRestore();
});
