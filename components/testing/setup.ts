import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, type MockInstance, vi } from "vitest";
import { readAllParts } from "#components/ui/lazy/part.ts";

// What a page reads when it is first wanted is here already: the tests of a screen are not about that.
beforeAll(readAllParts);

// As patient as everything else that waits: for machines that are busy with something else too.
configure({ asyncUtilTimeout: 120_000 });

let consoleError: MockInstance<typeof console.error>;

beforeEach(() => {
  consoleError = vi.spyOn(console, "error");
});

/** React says what is wrong with a component by `console.error`; here that fails the test. */
afterEach(() => {
  cleanup();
  expect(consoleError, "console.error was called").not.toHaveBeenCalled();
  consoleError.mockRestore();
});
