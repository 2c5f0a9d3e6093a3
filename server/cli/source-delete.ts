import { countSources, onlySource, type SourceCounts } from "#db/removal/source-removal.ts";
import { deleteSource } from "#server/runtime/jobs/deleting-sources.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { sizeOf, USUAL } from "#server/runtime/jobs/remove-sources.ts";
import { markDeleted } from "#server/sources/deleting.ts";
import { type CliContext, CommandError, note } from "./command.ts";
import { sourceNamed } from "./rotate.ts";

export interface DeleteFlags {
  yes?: boolean;
}

/** What went with a source. */
interface DeletedSource extends SourceCounts {
  id: string;
  name: string;
}

/** Deletes a source whole. Throws `CommandError` without `--yes`, with what would go. */
export async function runSourceDelete(
  context: CliContext,
  id: string,
  { yes = false }: DeleteFlags,
): Promise<DeletedSource> {
  const { database } = context;
  const source = await sourceNamed(context, id);
  const counts = await countSources(database.orm, onlySource(source.id));
  if (!yes) {
    throw new CommandError(
      `${countsOf(counts)} would go with “${source.name}” for good: say --yes.`,
    );
  }
  if (source.deletingSince === null) await markDeleted(context, source);
  const clock = { say: note, now: Date.now };
  await withProgress(
    sizeOf(counts),
    "deliveries and events taken away",
    clock,
    async (progress) => {
      const follow = () => (count: number) => progress.add(count);
      if (await deleteSource(database, source.id, follow, USUAL)) return;
      throw new CommandError("The server is deleting a source already: it goes on with this one.");
    },
  );
  return { id: source.id, name: source.name, ...counts };
}

export function deletedLines(deleted: DeletedSource): string[] {
  return [`Deleted “${deleted.name}”: ${countsOf(deleted)}.`];
}

function countsOf({ meetings, people, deliveries }: SourceCounts): string {
  const each = [
    [meetings, "meeting", "meetings"],
    [people, "person", "people"],
    [deliveries, "delivery", "deliveries"],
  ] as const;
  return each
    .map(([count, one, many]) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`)
    .join(", ");
}
