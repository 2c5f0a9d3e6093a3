import type { Ms } from "#domain/time/ms.ts";

/*
 * What this process did since it began, as plain numbers. Counting costs an addition, on the path of a webhook too;
 * what Prometheus reads is made of them in `server/runtime/metrics` when it asks.
 */

/** How often values of a kind came, by how large they were: `counts` has one more than `bounds`, for what is larger. */
export interface DistributionFacts {
  bounds: readonly number[];
  counts: readonly number[];
  sum: number;
}

/** A distribution that grows. */
class Distribution implements DistributionFacts {
  readonly bounds: readonly number[];
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  note(value: number): void {
    let at = 0;
    for (const bound of this.bounds) {
      if (value <= bound) break;
      at += 1;
    }
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.sum += value;
  }

  /** What was counted until now, to be handed to another thread. */
  facts(): DistributionFacts {
    return { bounds: this.bounds, counts: [...this.counts], sum: this.sum };
  }
}

/** Webhooks are answered in some ms; a provider gives up after ten seconds. */
const ANSWER_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** What people see is behind by this: a second is shown on every page, a minute is a fault. */
const DELAY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const BATCH = [1, 2, 4, 8, 16, 32, 64, 128, 250, 500, 1_000];

/** What a projector did. */
export interface ProjectionCounts {
  deliveries: number;
  events: number;
  batchSizes: DistributionFacts;
  /** How long a batch took. */
  batchSeconds: DistributionFacts;
  /** How long after it was kept, or found, a delivery was projected. */
  delaySeconds: DistributionFacts;
}

/** What the parts of a process count. */
export class ProcessCounts {
  readonly door = {
    kept: 0,
    repeated: 0,
    /** From the arrival of a webhook to its answer, where it was taken. */
    answerSeconds: new Distribution(ANSWER_SECONDS),
    batchSizes: new Distribution(BATCH),
    /** How long it took to store a batch. */
    batchSeconds: new Distribution(ANSWER_SECONDS),
  };
  readonly projection = {
    deliveries: 0,
    events: 0,
    batchSizes: new Distribution(BATCH),
    batchSeconds: new Distribution(DELAY_SECONDS),
    delaySeconds: new Distribution(DELAY_SECONDS),
  };
  /** From a notification of the bus until all that it led to was handed to the sockets. */
  readonly relaySeconds = new Distribution(DELAY_SECONDS);
  /** Refused webhooks by source and reason; `""` is no source that exists. */
  readonly refused = new Map<string, Map<string, number>>();
  /** Errors that pages reported, and reports that were more than are read. */
  readonly pageErrors = { logged: 0, dropped: 0 };
  /** How much waits to be stored, in each intake of the process. */
  readonly queues: (() => number)[] = [];
  /** How many sockets are connected. */
  sockets: () => number = () => 0;

  noteRefused(source: string, reason: string): void {
    const reasons = this.refused.get(source) ?? new Map<string, number>();
    this.refused.set(source, reasons);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  projectionFacts(): ProjectionCounts {
    const { deliveries, events, batchSizes, batchSeconds, delaySeconds } = this.projection;
    return {
      deliveries,
      events,
      batchSizes: batchSizes.facts(),
      batchSeconds: batchSeconds.facts(),
      delaySeconds: delaySeconds.facts(),
    };
  }
}

/** Notes a batch that was projected: for how long each delivery of it had waited, and how long the batch took. */
export function noteBatch(waitedMs: readonly Ms[], tookMs: Ms): void {
  if (waitedMs.length === 0) return;
  const { batchSizes, batchSeconds, delaySeconds } = processCounts().projection;
  batchSizes.note(waitedMs.length);
  batchSeconds.note(tookMs / 1_000);
  for (const ms of waitedMs) delaySeconds.note(ms / 1_000);
}

/*
 * The server counts, and the route that Next bundles reports it: there are two instances of every module in one
 * process. The projector's thread has its own.
 */
const HOLDER = Symbol.for("rollcall.counts");
const holder: typeof globalThis & { [HOLDER]?: ProcessCounts } = globalThis;

/** What this process, or this thread of it, did since it began. */
export function processCounts(): ProcessCounts {
  holder[HOLDER] ??= new ProcessCounts();
  return holder[HOLDER];
}
