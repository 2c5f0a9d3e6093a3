import { answering } from "./answering.ts";
import { openConnection } from "./connection.ts";
import { dailyBody } from "./daily-body.ts";
import { type Steady, type SteadyJob, steadyJob } from "./jobs.ts";
import { signedRequest } from "./requests.ts";

/*
 * A process that sends at a fixed rate, independent of the answers: the latency of a delivery without a free
 * connection counts from when it was due.
 */

const LEAD_MS = 200;
/** People in the meeting before the first leaves; odd, so that a person who leaves has joined. */
const AT_ONCE = 99;

async function send(job: SteadyJob): Promise<Steady> {
  const begin = Date.now() + LEAD_MS;
  const stepMs = 1_000 / job.perSecond;
  const requests = Array.from({ length: job.events }, (_, index) =>
    signedRequest(job, joinOrLeave(job, index, begin), begin),
  );
  const idle = await Promise.all(
    Array.from({ length: job.connections }, () => openConnection(job.port)),
  );
  const due: { request: Buffer; since: number }[] = [];
  const latencies: number[] = [];
  const others: Record<string, number> = {};
  let acknowledged = 0;
  let answered = 0;
  const done = Promise.withResolvers<void>();

  function dispatch(): void {
    while (due.length > 0) {
      const connection = idle.shift();
      const next = connection && due.shift();
      if (!next) return;
      connection.send(next.request).then(({ status, body }) => {
        latencies.push(performance.now() - next.since);
        if (status === 200 && body.includes('"recorded"')) acknowledged += 1;
        else others[`${status} ${body}`] = (others[`${status} ${body}`] ?? 0) + 1;
        idle.push(connection);
        answered += 1;
        if (answered === requests.length) done.resolve();
        dispatch();
      }, done.reject);
    }
  }

  const start = performance.now() + (begin - Date.now());
  let next = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    while (start + next * stepMs <= now) {
      const request = requests[next];
      if (request === undefined) break;
      due.push({ request, since: now });
      next += 1;
    }
    if (next === requests.length) clearInterval(timer);
    // Also sends what became due last, when no pending answer would.
    dispatch();
  }, 1);
  await done.promise;
  for (const connection of idle) connection.close();
  return { acknowledged, others, latencies };
}

/** People join one after another; from the hundredth on every join is followed by a leave. */
function joinOrLeave(job: SteadyJob, index: number, begin: number): string {
  const stepMs = 1_000 / job.perSecond;
  const leaves = index > AT_ONCE && index % 2 === 0;
  const came = leaves ? index - AT_ONCE - 1 : index;
  const session = `${job.room}-${job.crowd}-${came}`;
  return dailyBody({
    type: leaves ? "participant.left" : "participant.joined",
    room: job.room,
    session,
    userId: `u-${session}`,
    name: `Guest ${came}`,
    owner: false,
    from: Math.round(begin + came * stepMs),
    to: leaves ? Math.round(begin + index * stepMs) : null,
  });
}

answering((message) => send(steadyJob.parse(message)));
