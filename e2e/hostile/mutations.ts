import { type Attempt, attemptAt } from "./attempts.ts";
import type { Known } from "./bodies.ts";
import { Chance } from "./chance.ts";
import { HangingAttempt, type HostileAnswer, HostileCaller } from "./exchange.ts";
import { routesIn } from "./routes.ts";

export interface MutationPlan {
  port: number;
  requests: number;
  /** The seed of the first attempt; each further attempt has the next number. */
  seed: number;
  known: Known;
  /** When to stop, even before all requests are sent, in epoch ms. */
  untilAt?: number;
  onProgress?: (done: number) => void;
}

export interface MutationReport {
  /** How many were sent. */
  done: number;
  /** How many answers there were of each status; `cut` where a connection was ended. */
  statuses: Record<string, number>;
  /** The faults, each with its seed, so that the attempt can be repeated. */
  faults: string[];
}

const AT_ONCE = 12;
const MOST_FAULTS = 30;
/** The answer that a server may give when it is overloaded. */
const HONEST = /"code":"overloaded"/;

/** Sends so many hostile requests, and reports the answers and the faults. */
export async function mutations({
  port,
  requests,
  seed,
  known,
  untilAt = Infinity,
  onProgress,
}: MutationPlan): Promise<MutationReport> {
  const routes = routesIn("app");
  const report: MutationReport = { done: 0, statuses: {}, faults: [] };
  const left = Array.from({ length: requests }, (_, index) => seed + index).values();
  const work = async () => {
    const caller = new HostileCaller(port);
    for (const number of left) {
      if (Date.now() > untilAt) break;
      const attempt = attemptAt(new Chance(number), routes, known);
      const name = await nameOf(caller, attempt, (fault) => {
        if (report.faults.length < MOST_FAULTS)
          report.faults.push(`${fault} #${number}: ${attempt.what}`);
      });
      report.statuses[name] = (report.statuses[name] ?? 0) + 1;
      report.done += 1;
      if (report.done % 1_000 === 0) onProgress?.(report.done);
    }
    caller.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return report;
}

async function nameOf(
  caller: HostileCaller,
  attempt: Attempt,
  fault: (message: string) => void,
): Promise<string> {
  let answer: HostileAnswer;
  try {
    answer = await caller.send(attempt);
  } catch (error) {
    if (!(error instanceof HangingAttempt)) throw error;
    fault("nothing came");
    return "hanging";
  }
  if (answer === null) {
    if (attempt.isSound) fault("no answer");
    return "cut";
  }
  const { status, body } = answer;
  if (status >= 500 && !(status === 503 && HONEST.test(body))) {
    fault(`${status} ${body.slice(0, 120)}`);
  }
  return String(status);
}
