import { z } from "zod";

/* The jobs of the processes in this folder, and their answers. */

export const floodJob = z.object({
  port: z.number(),
  path: z.string(),
  secret: z.string(),
  seed: z.number(),
  rooms: z.number(),
  people: z.number(),
  connections: z.number(),
  durationMs: z.number(),
  /** Deliveries to prepare; the run ends when they are used up. */
  most: z.number(),
});
export type FloodJob = z.infer<typeof floodJob>;

export const flooded = z.object({
  acknowledged: z.number(),
  /** Answers that were not `200 recorded`, each kind once with its number. */
  others: z.record(z.string(), z.number()),
  elapsedMs: z.number(),
  p50: z.number(),
  p99: z.number(),
});
export type Flooded = z.infer<typeof flooded>;

export const steadyJob = z.object({
  port: z.number(),
  path: z.string(),
  secret: z.string(),
  room: z.string(),
  /** The people who come: another crowd has other people. */
  crowd: z.string(),
  connections: z.number(),
  perSecond: z.number(),
  events: z.number(),
});
export type SteadyJob = z.infer<typeof steadyJob>;

export const steady = z.object({
  acknowledged: z.number(),
  others: z.record(z.string(), z.number()),
  /** Milliseconds from when a delivery was due until it was answered. */
  latencies: z.array(z.number()),
});
export type Steady = z.infer<typeof steady>;

export const watchJob = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("watch"),
    port: z.number(),
    token: z.string(),
    meeting: z.string(),
    sockets: z.number(),
  }),
  /** Waits until every socket has everything up to `seq`, or the time is over; then closes them. */
  z.object({ kind: z.literal("collect"), seq: z.number(), withinMs: z.number() }),
]);
export type WatchJob = z.infer<typeof watchJob>;

export const watched = z.object({
  sockets: z.number(),
  /** Sockets that got every `seq` exactly once, in order. */
  whole: z.number(),
  /** What was wrong with the first that did not. */
  fault: z.string().nullable(),
});
export type Watched = z.infer<typeof watched>;

export const replayJob = z.object({ url: z.string() });
export type ReplayJob = z.infer<typeof replayJob>;

export const replayed = z.object({
  deliveries: z.number(),
  changed: z.number(),
  read: z.number(),
  elapsedMs: z.number(),
  /** The peak memory of the process. */
  peakMb: z.number(),
  /** The lines of progress that it printed. */
  said: z.array(z.string()),
});
export type ReplayedOutput = z.infer<typeof replayed>;
