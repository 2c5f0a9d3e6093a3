import { parseArgs } from "node:util";
import { attacked } from "./attacked.ts";
import { mutations } from "./hostile/mutations.ts";
import { type Holdings, POOLED } from "./world/victim.ts";

/*
 * `npm run mutate`: the mutation test for as long as wanted, on a server of its own. Ends with 1 where a
 * request met a fault or hung, or something was left behind.
 */

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "120" },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
/** The share of requests sent before the measurement, so that the code is warm and the caches are full. */
const WARM_UP = 0.1;
const MOST_WARM_UP = 3_000;
const MOST_GROWTH = 1.3;
const SETTLE_MS = 30_000;

const { victim, known } = await attacked();
try {
  await measure();
} finally {
  if (victim.isAlive) await victim.stop();
}

async function measure(): Promise<void> {
  const plan = { port: victim.port, known, seed };
  await mutations({
    ...plan,
    requests: Math.min(MOST_WARM_UP, Math.ceil(requests * WARM_UP)),
    seed: seed + requests,
  });
  const before = await settled();
  const begun = performance.now();
  const { statuses, faults, done } = await mutations({
    ...plan,
    requests,
    untilAt: Date.now() + Number(values.minutes) * 60_000,
    onProgress: (done) => process.stderr.write(done % 5_000 === 0 ? `${done}\n` : ""),
  });
  const tookMs = Math.round(performance.now() - begun);
  const after = await settled(before);
  const stop = await victim.stop();
  const growth = after.heapBytes / before.heapBytes;
  if (growth > MOST_GROWTH) faults.push(`memory grew to ${growth.toFixed(2)} of what it was`);
  if (after.descriptors > before.descriptors + POOLED) faults.push("descriptors were left open");
  if (stop.status !== 0) faults.push(`the stop ended with ${stop.status}`);
  const report = { requests: done, seed, tookMs, statuses, before, after, growth, stop, faults };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (faults.length > 0) process.stdout.write(`${victim.lastWords}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

/** The server's holdings while it is idle; where it had fewer before, it has some time to get back to those. */
async function settled(earlier: Holdings | null = null): Promise<Holdings> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const holdings = await victim.holdings();
    const isBack = earlier !== null && holdings.descriptors <= earlier.descriptors;
    if (isBack || performance.now() > until) return holdings;
  }
}
