import { constants } from "node:os";
import { audit } from "#server/runtime/audit.ts";
import { type Replayed, replay } from "#server/runtime/jobs/replay.ts";
import { type CliContext, note } from "./command.ts";

/** The result of a replay, for a program to read. */
export interface ShownReplay extends Replayed {
  elapsed_ms: number;
}

/** Replays everything, or the room of one meeting. When it is stopped it prints what to do. */
export async function runReplay(
  { database, by }: CliContext,
  meeting: string | null,
): Promise<ShownReplay> {
  const begun = performance.now();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    await audit(database.orm, by, {
      action: "deliveries.replayed",
      about: meeting === null ? null : { kind: "meeting", id: meeting, label: null },
      details: {},
    });
    const done = await replay(database, meeting, note);
    return { ...done, elapsed_ms: Math.round(performance.now() - begun) };
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

/** Exits at once, as if the machine were switched off: only committed work counts. */
function stop(signal: NodeJS.Signals): void {
  note(
    "Stopped before the end. Nothing is left half done: run replay again, and it does the rest.",
  );
  process.exit(128 + constants.signals[signal]);
}

export function replayLines(done: ShownReplay): string[] {
  const [rooms, deliveries, changed, read] = [
    done.rooms,
    done.deliveries,
    done.changed,
    done.read,
  ].map((count) => count.toLocaleString("en"));
  const seconds = (done.elapsed_ms / 1_000).toFixed(1);
  return [
    `Read ${deliveries} deliveries of ${rooms} rooms again in ${seconds} s: ` +
      `${changed} had been read otherwise, ${read} could not be read before.`,
  ];
}
