import type { SourceChanges } from "#db/sources/sources.ts";
import { MOST_GAP_MS, MOST_GRACE_MS, wordsIn } from "#domain/sources/sources.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { rebuildSource } from "#server/runtime/jobs/rebuild-source.ts";
import { setSource } from "#server/sources/settings.ts";
import { type CliContext, CommandError, note } from "./command.ts";
import { sourceNamed } from "./rotate.ts";
import { type ListedSource, listed, nameGiven } from "./sources.ts";

export interface UpdateFlags {
  name?: string;
  emptyGap?: number;
  grace?: number;
  noteTakers?: string;
}

/** Sets what the flags state, and rebuilds the past of the source where that changes it. */
export async function updateSource(
  context: CliContext,
  id: string,
  flags: UpdateFlags,
): Promise<ListedSource> {
  const { database, by } = context;
  const source = await sourceNamed(context, id);
  const change = changeOf(flags);
  if (Object.keys(change).length === 0) {
    throw new CommandError("Say what to change: --name, --empty-gap, --grace or --note-takers.");
  }
  if (await setSource(database, source, change, by, Date.now())) {
    note("Telling the past of this source again. It may be stopped: the server goes on with it.");
    await rebuildSource(database, source.id, (total, work) =>
      withProgress(total, "events projected again", { say: note, now: Date.now }, work),
    );
  }
  return listed({ ...source, ...change });
}

function changeOf({ name, emptyGap, grace, noteTakers }: UpdateFlags): SourceChanges {
  return {
    ...(name !== undefined && { name: nameGiven(name) }),
    ...(emptyGap !== undefined && { emptyGapMs: msOf(emptyGap, "--empty-gap", MOST_GAP_MS) }),
    ...(grace !== undefined && { graceMs: msOf(grace, "--grace", MOST_GRACE_MS) }),
    ...(noteTakers !== undefined && { noteTakers: wordsIn(noteTakers) }),
  };
}

function msOf(seconds: number, flag: string, most: number): number {
  const ms = Math.round(seconds * 1_000);
  if (ms < 0 || ms > most) throw new CommandError(`${flag} takes 0 to ${most / 1_000} seconds.`);
  return ms;
}
