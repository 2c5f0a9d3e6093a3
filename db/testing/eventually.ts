import { vi } from "vitest";

/** Never meant to be waited out: long enough for a machine many times as slow as ours. */
const DEADLINE = { timeout: 120_000, interval: 5 };

/** Waits until an expectation holds, on machines that are busy with something else too. */
export async function eventually(expectation: () => unknown): Promise<void> {
  await vi.waitFor(expectation, DEADLINE);
}
