import type { Command } from "commander";
import { type Demonstration, readDemonstration, removeDemonstration } from "#server/demo/remove.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { sizeOf } from "#server/runtime/jobs/remove-sources.ts";
import { type CliContext, CommandError, note, withCliContext } from "./command.ts";
import { JSON_FLAG, show } from "./show.ts";

interface DemoFlags {
  dryRun?: boolean;
  yes?: boolean;
}

/** What a removal removed, or would remove in a dry run. */
interface ShownDemonstration extends Demonstration {
  removed: boolean;
}

const REMOVE_HELP = `
What goes: the sources that simulate and seed made, with their meetings, people, waits and deliveries, and what was
said about these since: meetings that were expected there, statements about nothing else, links with invented people.
All else stays as it is. How far it is goes to standard error. Stopped at any time, it is simply run again. The
server may run meanwhile.`;

export function addDemoCommands(program: Command): void {
  const demo = program.command("demo").description("what simulate and seed made up");
  demo
    .command("remove")
    .description("take away whole what simulate and seed wrote; real meetings stay as they are")
    .option("--dry-run", "say what would go, and take nothing away")
    .option("--yes", "take it away without asking back")
    .addHelpText("after", REMOVE_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: DemoFlags & { json?: boolean }) => {
      const shown = await withCliContext((context) => runDemoRemove(context, flags));
      show(json, shown, demoLines(shown));
    });
}

/** Removes demonstrations. Throws `CommandError` without `--yes`. */
async function runDemoRemove(
  { database, by }: CliContext,
  { dryRun = false, yes = false }: DemoFlags,
): Promise<ShownDemonstration> {
  const found = await readDemonstration(database);
  if (dryRun || found.sources.length === 0) return { ...found, removed: false };
  if (!yes) {
    throw new CommandError(
      `${countsOf(found)} would go for good: say --yes, or --dry-run for more.`,
    );
  }
  const clock = { say: note, now: Date.now };
  await withProgress(sizeOf(found), "deliveries and events taken away", clock, (progress) =>
    removeDemonstration(database, by, Date.now, (count) => progress.add(count)),
  );
  return { ...found, removed: true };
}

function demoLines(shown: ShownDemonstration): string[] {
  const { sources, removed, scheduled, statements } = shown;
  if (sources.length === 0) return ["There is no demonstration: nothing was made up here."];
  return [
    ...sources.map(({ provider, name }) => `${provider}  ${name}`),
    `${removed ? "Gone are" : "Would go:"} ${countsOf(shown)}` +
      `, ${counted(scheduled, "expected meeting", "expected meetings")} and ` +
      `${counted(statements, "statement", "statements")} about them.`,
  ];
}

function countsOf({ sources, meetings, people, waits, deliveries }: Demonstration): string {
  const each = [
    [sources.length, "source", "sources"],
    [meetings, "meeting", "meetings"],
    [people, "person", "people"],
    [waits, "wait", "waits"],
    [deliveries, "delivery", "deliveries"],
  ] as const;
  return each.map(([count, one, many]) => counted(count, one, many)).join(", ");
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
