import { sightNow } from "#db/access/sight/seeing.ts";
import { ApiError } from "#server/http/answer.ts";
import { readScheduled, type ScheduledWithFacts } from "./read.ts";

/**
 * Names that somebody sees as initials are not theirs to take away: they would be lost, and nobody could say whose they
 * were. Throws 403 for them where somebody is expected already. Where nobody is yet, they say who as anybody does.
 */
export function mustReadNames(expected: Pick<ScheduledWithFacts, "facts">): void {
  if (sightNow().masked && expected.facts.roster.length > 0) throw namesNotRead();
}

/** The refusal of who would take away names that they cannot read. */
export function namesNotRead(): ApiError {
  return new ApiError(
    403,
    "forbidden",
    "You see initials in place of the names of those expected, so you cannot replace or delete them: somebody who sees names can.",
  );
}

/** The same for one by its id; nothing is read for those who see names. */
export async function mustReadNamesOf(id: string): Promise<void> {
  if (!sightNow().masked) return;
  const found = await readScheduled(id);
  if (found !== null) mustReadNames(found);
}
