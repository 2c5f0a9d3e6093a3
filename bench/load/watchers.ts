import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { answering } from "./answering.ts";
import { type Watched, type WatchJob, watchJob } from "./jobs.ts";
import { type WatchingSocket, watchMeeting } from "./live-socket.ts";

/*
 * A process with many sockets that watch one meeting. Every socket must receive every `seq` exactly once, in
 * order. All of them receive the same text, so it is parsed once and cached.
 */

const OPEN_AT_ONCE = 20;
const MOST_CACHED = 200;

const recorded = z.object({ seq: z.number() });
const pushedText = z.union([
  z.tuple([z.literal("meeting:events"), z.object({ events: z.array(recorded) })]),
  z.tuple([z.object({ ok: z.literal(true), events: z.array(recorded) })]),
]);

interface Watcher {
  socket: WatchingSocket;
  seq: number;
  fault: string | null;
}

let watchers: Watcher[] = [];
const seqsByText = new Map<string, readonly number[]>();

async function watch(job: Extract<WatchJob, { kind: "watch" }>): Promise<Watched> {
  watchers = [];
  const open = async (): Promise<void> => {
    while (watchers.length + opening < job.sockets) {
      opening += 1;
      const state = { seq: 0, fault: null };
      const socket = await watchMeeting(job, (text) => receive(state, text));
      opening -= 1;
      watchers.push(Object.assign(state, { socket }));
    }
  };
  let opening = 0;
  await Promise.all(Array.from({ length: OPEN_AT_ONCE }, open));
  return count(1);
}

function receive(watcher: Pick<Watcher, "seq" | "fault">, text: string): void {
  for (const seq of seqsIn(text)) {
    if (seq !== watcher.seq + 1) watcher.fault ??= `${seq} came after ${watcher.seq}`;
    watcher.seq = Math.max(watcher.seq, seq);
  }
}

function seqsIn(text: string): readonly number[] {
  const before = seqsByText.get(text);
  if (before) return before;
  const parsed = pushedText.safeParse(JSON.parse(text));
  const events = parsed.data?.[1]?.events ?? [];
  const own = parsed.success && parsed.data.length === 1 ? parsed.data[0].events : events;
  const seqs = own.map(({ seq }) => seq);
  if (seqsByText.size >= MOST_CACHED) seqsByText.clear();
  seqsByText.set(text, seqs);
  return seqs;
}

async function collect(seq: number, withinMs: number): Promise<Watched> {
  const deadline = performance.now() + withinMs;
  while (watchers.some((watcher) => watcher.seq < seq) && performance.now() < deadline) {
    await sleep(20);
  }
  const answer = count(seq);
  for (const { socket } of watchers) socket.close();
  return answer;
}

function count(seq: number): Watched {
  const faulty = watchers.filter((watcher) => watcher.seq !== seq || watcher.fault !== null);
  const first = faulty[0];
  return {
    sockets: watchers.length,
    whole: watchers.length - faulty.length,
    fault: first ? (first.fault ?? `has ${first.seq} of ${seq}`) : null,
  };
}

answering((message) => {
  const job = watchJob.parse(message);
  return job.kind === "watch" ? watch(job) : collect(job.seq, job.withinMs);
});
