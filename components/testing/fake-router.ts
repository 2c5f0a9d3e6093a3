import { vi } from "vitest";

/** A router of the page framework that does not navigate, and records its calls. */
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
