import { quantile } from "#bench/parts/statistics.ts";
import { answering } from "./answering.ts";
import { attendance } from "./attendance.ts";
import { type HttpConnection, openConnection } from "./connection.ts";
import { type Flooded, type FloodJob, floodJob } from "./jobs.ts";
import { signedRequest } from "./requests.ts";

/*
 * A process that sends as fast as it is answered: every connection has one delivery in flight. All are signed
 * beforehand, so that the processor is free for the server.
 */

async function flood(job: FloodJob): Promise<Flooded> {
  const now = Date.now();
  const requests = attendance(job.seed, now, job)
    .take(job.most)
    .map((body) => signedRequest(job, body, now))
    .toArray();
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => openConnection(job.port)),
  );
  const others: Record<string, number> = {};
  const latencies: number[] = [];
  let next = 0;
  let acknowledged = 0;
  const start = performance.now();
  const deadline = start + job.durationMs;

  async function work(connection: HttpConnection): Promise<void> {
    for (;;) {
      const request = requests[next];
      const sentAt = performance.now();
      if (request === undefined || sentAt >= deadline) return;
      next += 1;
      const { status, body } = await connection.send(request);
      latencies.push(performance.now() - sentAt);
      if (status === 200 && body.includes('"recorded"')) acknowledged += 1;
      else others[`${status} ${body}`] = (others[`${status} ${body}`] ?? 0) + 1;
    }
  }
  await Promise.all(connections.map(work));
  const elapsedMs = performance.now() - start;
  for (const connection of connections) connection.close();
  return {
    acknowledged,
    others,
    elapsedMs,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

answering((message) => flood(floodJob.parse(message)));
