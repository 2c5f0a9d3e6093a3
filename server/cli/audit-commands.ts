import type { Command } from "commander";
import { keepDays, keptDays } from "#db/installation/installation.ts";
import { audited } from "#server/runtime/audit.ts";
import { type CliContext, CommandError, withCliContext } from "./command.ts";
import { JSON_FLAG, show } from "./show.ts";

const MOST_DAYS = 36_500;

const KEEP_HELP = `
A running server deletes what is older within an hour, in small parts, and notes in the log how much that was. What is
deleted is gone for good.`;

/** The commands about the audit log. */
export function addAuditCommands(program: Command): void {
  const audit = program
    .command("audit")
    .enablePositionalOptions()
    .description("the audit log: for how long it is kept");
  audit
    .command("show", { isDefault: true })
    .description("for how long it is kept")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const days = await withCliContext(({ database }) => keptDays(database.orm));
      showKept(flags.json, days);
    });
  audit
    .command("keep")
    .description("keep it for so many days, or forever")
    .argument("<days>", "a number of days, or forever")
    .addHelpText("after", KEEP_HELP)
    .option(...JSON_FLAG)
    .action(async (days: string, flags: { json?: boolean }) => {
      const given = daysGiven(days);
      await withCliContext((context) => keepAudit(context, given));
      showKept(flags.json, given);
    });
}

/** Sets for how many days the audit log is kept, or with `null` for good. */
export function keepAudit({ database, by }: CliContext, days: number | null): Promise<void> {
  return audited(
    database,
    by,
    ({ orm }) => keepDays(orm, days),
    () => ({
      action: "settings.changed",
      about: null,
      details: { setting: "time this log is kept", to: wordsOf(days) },
    }),
  );
}

function daysGiven(text: string): number | null {
  if (text === "forever") return null;
  const days = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN;
  if (days <= MOST_DAYS) return days;
  throw new CommandError(`DAYS must be a whole number from 1 to ${MOST_DAYS}, or forever.`);
}

function wordsOf(days: number | null): string {
  if (days === null) return "forever";
  return days === 1 ? "1 day" : `${days} days`;
}

function showKept(json: boolean | undefined, days: number | null): void {
  show(json, { kept_days: days }, [
    `The audit log is kept ${days === null ? "" : "for "}${wordsOf(days)}.`,
  ]);
}
