import { hostInUrl } from "#server/env.ts";
import { runningServer } from "#server/running.ts";
import { progressLine } from "#server/simulate/progress.ts";
import { type Simulation, simulate, Unreachable } from "#server/simulate/simulate.ts";
import { type Desk, Mistake } from "./command.ts";
import { simulatedSource } from "./sources.ts";

export interface SimulateFlags {
  meetings?: number;
  people?: number;
  speed?: number;
  seed?: number;
  minutes?: number;
  url?: string;
}

/** Sends a simulated story to the running server; Ctrl-C ends it early and still tells what was sent. */
export async function runSimulation(desk: Desk, flags: SimulateFlags): Promise<Simulation> {
  const { env } = desk;
  const { url, ...sizes } = flags;
  const baseUrl = url ?? runningServer(env.dataDir) ?? `http://${hostInUrl(env.host)}:${env.port}`;
  const daily = await simulatedSource(desk, "daily");
  const attendee = await simulatedSource(desk, "attendee");
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  const line = progressLine(process.stderr);
  try {
    return await simulate({
      ...sizes,
      baseUrl,
      sources: {
        daily: { path: daily.webhook_path, secret: daily.secret },
        attendee: { path: attendee.webhook_path, secret: attendee.secret },
      },
      onProgress: line.update,
      signal: stop.signal,
    });
  } catch (error) {
    if (error instanceof Unreachable || error instanceof RangeError) {
      throw new Mistake(error.message, { cause: error });
    }
    throw error;
  } finally {
    line.end();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}
