import { changeSource, listSources, type SourceChange } from "#db/sources.ts";
import { MOST_GAP_MS, MOST_GRACE_MS, wordsIn } from "#domain/sources.ts";
import { changesPast } from "#server/api/sources.ts";
import { withProgress } from "#server/jobs/progress.ts";
import { retellSource } from "#server/jobs/retell-source.ts";
import { type Desk, Mistake, note } from "./command.ts";

export interface UpdateFlags {
  name?: string;
  emptyGap?: number;
  grace?: number;
  noteTakers?: string;
}

/** A source as it is set now, and whether its past was told again. */
export interface UpdatedSource {
  id: string;
  name: string;
  empty_gap_ms: number;
  grace_ms: number;
  note_takers: string[];
  told_again: boolean;
}

/** Sets what the flags say, and tells the past of the source again where that changes it. */
export async function updateSource(
  { database }: Desk,
  id: string,
  flags: UpdateFlags,
): Promise<UpdatedSource> {
  const source = (await listSources(database.orm)).find((one) => one.id === id);
  if (source === undefined) throw new Mistake("No such source: `source list` has their ids.");
  const change = changeOf(flags);
  if (Object.keys(change).length === 0) {
    throw new Mistake("Say what to set: --name, --empty-gap, --grace or --note-takers.");
  }
  const isToldAnew = changesPast(source, change);
  await changeSource(database.orm, id, change, isToldAnew ? Date.now() : null);
  if (isToldAnew) {
    note("Telling the past of this source again. It may be stopped: the server goes on with it.");
    await retellSource(database, id, (total, work) =>
      withProgress(total, "events told again", { say: note, now: Date.now }, work),
    );
  }
  const { name, emptyGapMs, graceMs, noteTakers } = { ...source, ...change };
  return {
    id,
    name,
    empty_gap_ms: emptyGapMs,
    grace_ms: graceMs,
    note_takers: noteTakers,
    told_again: isToldAnew,
  };
}

function changeOf({ name, emptyGap, grace, noteTakers }: UpdateFlags): SourceChange {
  if (name !== undefined && name.trim() === "") throw new Mistake("--name must not be empty.");
  return {
    ...(name !== undefined && { name: name.trim() }),
    ...(emptyGap !== undefined && { emptyGapMs: msOf(emptyGap, "--empty-gap", MOST_GAP_MS) }),
    ...(grace !== undefined && { graceMs: msOf(grace, "--grace", MOST_GRACE_MS) }),
    ...(noteTakers !== undefined && { noteTakers: wordsIn(noteTakers) }),
  };
}

function msOf(seconds: number, flag: string, most: number): number {
  const ms = Math.round(seconds * 1_000);
  if (ms < 0 || ms > most) throw new Mistake(`${flag} takes 0 to ${most / 1_000} seconds.`);
  return ms;
}

export function updateLines(source: UpdatedSource): string[] {
  const words = source.note_takers.length === 0 ? "none besides" : source.note_takers.join(", ");
  return [
    `“${source.name}”: a room that is empty for more than ${source.empty_gap_ms / 1_000} s begins a new meeting;`,
    `  gaps of up to ${source.grace_ms / 1_000} s count as attended; words of note-takers: ${words}.`,
    source.told_again ? "  Its past is told so too." : "  Nothing of its past changes by that.",
  ];
}
