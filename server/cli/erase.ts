import type { Command } from "commander";
import { AnotherErasure, erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { type ErasurePreview, previewErasure } from "#server/privacy/erasure/preview.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { type CliContext, CommandError, note, withCliContext } from "./command.ts";
import { JSON_FLAG, show } from "./show.ts";

/** What was erased, or would be. */
interface ShownErasure {
  erased: boolean;
  /** What they are now. */
  became: string[];
  meetings: number;
  deliveries: number;
  statements: number;
  roster_lines: number;
  audit_entries: number;
  titles: number;
}

const ERASE_HELP = `
Their names and ids, the bodies of what reported them, lines of rosters, facts of statements and labels in the audit log
go for good; in every meeting they are an erased person with a number from then on, so that all numbers stay. Without
--yes it says what would go. It cannot be undone. Backups that were made before still have everything: delete these, or
erase again after restoring one. How far it is goes to standard error; stopped, it goes on with the next start.`;

export function addEraseCommand(program: Command): void {
  program
    .command("erase")
    .description("erase a person everywhere; their meetings and all numbers stay")
    .requiredOption("--person <id>", "as the address of their page has it")
    .option("--yes", "erase without asking back")
    .addHelpText("after", ERASE_HELP)
    .option(...JSON_FLAG)
    .action(async (flags: { person: string; yes?: boolean; json?: boolean }) => {
      const shown = await withCliContext((context) => runErase(context, flags.person, flags.yes));
      show(flags.json, shown, linesOf(shown));
    });
}

/** Erases a person. Throws `CommandError` without `yes`, and where there is no such person. */
async function runErase(
  { database, by, secret }: CliContext,
  id: string,
  yes = false,
): Promise<ShownErasure> {
  const found = await previewErasure(database.orm, id);
  if (found === null) {
    throw new CommandError("No such person: --person takes the id in the address of their page.");
  }
  if (!yes) {
    throw new CommandError(
      `${countsOf(found)} would go for good, and stay in backups made before: say --yes.`,
    );
  }
  const clock = { say: note, now: Date.now };
  const erased = await withProgress(found.meetings, "meetings erased", clock, (progress) =>
    erasePerson(database, id, {
      ...{ by, secret, now: Date.now },
      onErased: (count) => progress.add(count),
    }),
  ).catch((error: unknown) => {
    throw error instanceof AnotherErasure ? new CommandError(error.message) : error;
  });
  const { meetings, deliveries, statements, rosterLines, auditEntries, titles } = found;
  return {
    ...{ erased: erased !== null, became: erased?.became ?? [] },
    ...{ meetings, deliveries, statements, titles },
    ...{ roster_lines: rosterLines, audit_entries: auditEntries },
  };
}

function countsOf({ names, meetings, deliveries, statements }: ErasurePreview): string {
  const each = [
    counted(names, "name or id", "names and ids"),
    `what ${counted(meetings, "meeting", "meetings")} have of them`,
    counted(deliveries, "body of a delivery", "bodies of deliveries"),
    `the facts of ${counted(statements, "statement", "statements")}`,
  ];
  return each.join(", ");
}

function linesOf({ meetings, became, titles }: ShownErasure): string[] {
  return [
    `Erased: in ${counted(meetings, "meeting", "meetings")} they are an erased person now ` +
      `(${became.join(", ")}). This cannot be undone.`,
    "Backups that were made before still have everything: delete these, or erase again after restoring one.",
    ...(titles === 0
      ? []
      : [`${counted(titles, "title has", "titles have")} their name in it: change that by hand.`]),
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
