import { importById, listImports } from "#db/sources/imports/reading-imports.ts";
import type { ImportRow, ImportUndone } from "#domain/sources/imports/imports.ts";
import { previewUndo, undoImport } from "#server/sources/imports/take-back.ts";
import { type CliContext, CommandError } from "./command.ts";
import { BY, counted } from "./import.ts";

const MOST_LISTED = 1_000;

/** Every file that was imported, the newest first; the latest thousand. */
export async function runImportList({ database }: CliContext): Promise<ImportRow[]> {
  return listImports(database.orm, null, MOST_LISTED);
}

/** An import that was undone, or would be. */
export interface Undone extends ImportUndone {
  import: string;
  file: string;
  dry_run: boolean;
}

/** Undoes an import, or reports what that would remove. */
export async function runImportUndo(
  { database, by: actor }: CliContext,
  id: string,
  { dryRun = false }: { dryRun?: boolean },
): Promise<Undone> {
  const row = await importById(database.orm, id);
  if (row === null) throw new CommandError("No such import: `import list` names them.");
  const isOver = row.undoneAt !== null;
  const undone = dryRun
    ? isOver
      ? null
      : await previewUndo(database, id)
    : await undoImport(database, { id, file: row.file, by: BY, actor, at: Date.now() });
  if (undone === null) throw new CommandError(`${row.file} was taken back by ${row.undoneBy}.`);
  return { import: id, file: row.file, dry_run: dryRun, ...undone };
}

/** `0199…  2026-11-20 10:02 UTC  report.csv (Europe/Berlin), 40 lines, 2 meetings; taken back by Ada` */
export function importListLines(imports: readonly ImportRow[]): string[] {
  if (imports.length === 0) return ["Nothing was imported yet."];
  return imports.map((one) => {
    const at = new Date(one.at).toISOString().slice(0, 16).replace("T", " ");
    const size =
      one.lines === null
        ? "not finished"
        : `${counted(one.lines, "line", "lines")}, ${counted(one.meetings ?? 0, "meeting", "meetings")}`;
    const by = one.by === null ? "" : ` by ${one.by}`;
    const undone = one.undoneAt === null ? "" : `; taken back by ${one.undoneBy}`;
    return `${one.id}  ${at} UTC${by}  ${one.file} (${one.timeZone}), ${size}${undone}`;
  });
}

export function importUndoneLines(undone: Undone): string[] {
  const { file, dry_run, lines, told_by_others, meetings, meetings_changed, people } = undone;
  const [be, go] = dry_run ? ["would be", "would go"] : ["are", "are gone"];
  return [
    `${file}: ${counted(lines, "line", "lines")} ${be} taken back, ${told_by_others} stay because other imports have them too.`,
    `  ${counted(meetings, "meeting", "meetings")} and ${counted(people, "person", "people")} that no other delivery ` +
      `names ${go}, ${counted(meetings_changed, "meeting", "meetings")} ${be} projected again.`,
  ];
}
