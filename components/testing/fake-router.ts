import { vi } from "vitest";

/** A router of the page framework that goes nowhere, and remembers what it was asked. */
export function fakeRouter() {
  return {
    back: vi.fn(),
    forward: vi.fn(),
    refresh: vi.fn(),
    push: vi.fn(),
    replace: vi.fn(),
    prefetch: vi.fn(),
    bfcacheId: "0",
  };
}
