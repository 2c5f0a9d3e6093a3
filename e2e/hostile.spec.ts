import { expect, test } from "@playwright/test";
import { attacked } from "./attacked.ts";
import { mutations } from "./hostile/mutations.ts";
import { POOLED } from "./world/victim.ts";

const REQUESTS = 2_500;
const SEED = 20_261_128;

test("hostile requests are answered, and leave nothing behind", async () => {
  const { victim, known } = await attacked();
  try {
    const before = await victim.holdings();
    const { statuses, faults } = await mutations({
      port: victim.port,
      requests: REQUESTS,
      seed: SEED,
      known,
    });
    expect(faults, victim.lastWords).toEqual([]);
    // Otherwise this would be no test: many requests were answered, and many were refused.
    for (const status of ["200", "400", "401", "403", "404", "405"]) {
      expect(statuses[status] ?? 0, `answers of ${status}`).toBeGreaterThan(0);
    }
    await expect
      .poll(async () => (await victim.holdings()).descriptors)
      .toBeLessThanOrEqual(before.descriptors + POOLED);
  } finally {
    const { status, tookMs } = await victim.stop();
    expect(status).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
  }
});
