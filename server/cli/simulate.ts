import { holdingSimulation } from "#db/demo/playing.ts";
import { isBeingRemoved } from "#db/demo/removing-demo.ts";
import { deliveriesOfMeetings, meetingsGoingOn } from "#db/meetings/going-on.ts";
import type { Open } from "#server/demo/simulate/ending/carry-out.ts";
import type { Taken } from "#server/demo/simulate/ending/endings.ts";
import { progressLine } from "#server/demo/simulate/progress.ts";
import type { WebhookTarget } from "#server/demo/simulate/sending/send.ts";
import { type Simulation, simulate, Unreachable } from "#server/demo/simulate/simulate.ts";
import { played } from "#server/demo/world/manner.ts";
import { audit } from "#server/runtime/audit.ts";
import { hostInUrl } from "#server/runtime/env.ts";
import { runningServer } from "#server/runtime/running.ts";
import { type CliContext, CommandError, note } from "./command.ts";
import type { Stops } from "./signals.ts";
import { simulatedSource } from "./sources.ts";

export interface SimulateFlags {
  meetings?: number;
  people?: number;
  speed?: number;
  seed?: number;
  minutes?: number;
  leaveOpen?: boolean;
  url?: string;
}

/**
 * Sends a simulated script to the running server, and ends what it began. A stop ends the script early; another
 * one leaves what is open by then. What an interrupted earlier run left open is ended too.
 */
export async function runSimulation(
  context: CliContext,
  flags: SimulateFlags,
  { stop, hurry }: Stops,
): Promise<Simulation> {
  const { env, database } = context;
  const { url, ...sizes } = flags;
  const baseUrl = url ?? runningServer(env.dataDir) ?? `http://${hostInUrl(env.host)}:${env.port}`;
  if (await isBeingRemoved(database.orm)) {
    throw new CommandError("The demonstration is being removed: start again when that is over.");
  }
  await audit(database.orm, context.by, {
    action: "demo.made",
    about: null,
    details: { by: "simulate" },
  });
  const ids: string[] = [];
  const sources: Record<string, WebhookTarget> = {};
  for (const named of played) {
    const { id, webhook_path: path, secret } = await simulatedSource(context, named);
    ids.push(id);
    sources[named] = { path, secret };
  }
  const line = progressLine(process.stderr);
  const announceStop = () => {
    line.end();
    note("Stopping: everybody leaves, and the meetings end. Once more ends at once.");
  };
  stop.addEventListener("abort", announceStop, { once: true });
  const leftOpen = () => meetingsGoingOn(database.orm, ids);
  try {
    return await holdingSimulation(database, leftOpen, (open) =>
      simulate({
        ...sizes,
        baseUrl,
        sources,
        earlier: () => takenIn(context, open ?? []),
        onProgress: line.update,
        onEnding: line.update,
        signal: stop,
        hurry,
      }),
    );
  } catch (error) {
    if (error instanceof Unreachable || error instanceof RangeError) {
      throw new CommandError(error.message, { cause: error });
    }
    if (hurry.aborted) throw new CommandError("Stopped before anything began.", { cause: error });
    throw error;
  } finally {
    stop.removeEventListener("abort", announceStop);
    line.end();
  }
}

const MEETINGS_AT_ONCE = 50;

/** The stored deliveries of meetings. */
async function takenIn({ database }: CliContext, meetings: readonly string[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let from = 0; from < meetings.length; from += MEETINGS_AT_ONCE) {
    const ids = meetings.slice(from, from + MEETINGS_AT_ONCE);
    for (const { provider, room, body } of await deliveriesOfMeetings(database.orm, ids)) {
      taken.push({ provider, room, body: body.toString() });
    }
  }
  return taken;
}

/** The result of a simulation, for people. */
export function simulationLines({ seed, truth, answers, ...done }: Simulation): string[] {
  const { ended, open, tidied } = done;
  return [
    `Seed ${seed}: ${truth.meetings.length} meetings, ${answers.sent} deliveries ` +
      `(${answers.recorded} recorded, ${answers.repeated} repeated, ${answers.ignored} ignored, ` +
      `${answers.refused + answers.failed + answers.unreadable} not taken) ` +
      `in ${(answers.elapsedMs / 1000).toFixed(1)} s.`,
    ...(isAnySimulated(ended) ? [`Ended: ${countsOf(ended)}.`] : []),
    ...(isAnySimulated(tidied) ? [`Ended, left by an earlier run: ${countsOf(tidied)}.`] : []),
    ...(isAnySimulated(open)
      ? [`Still open: ${countsOf(open)}. The next simulate ends them.`]
      : []),
    "All of it is marked as demo; `npm run rollcall -- demo remove` takes it away whole.",
  ];
}

export function isAnySimulated({ meetings, people }: Open): boolean {
  return meetings + people > 0;
}

function countsOf({ meetings, people }: Open): string {
  return `${count(meetings, "meeting", "meetings")} with ${count(people, "person", "people")}`;
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
