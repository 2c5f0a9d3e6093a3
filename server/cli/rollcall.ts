import { Command, CommanderError } from "commander";
import { DatabaseAway } from "#server/runtime/database-away.ts";
import { errorFrames, errorWords } from "#server/runtime/error-facts.ts";
import { refusedJson } from "#server/sources/deliveries/refused.ts";
import { importJson } from "#server/sources/imports/api.ts";
import { addAccessCommands } from "./access-commands.ts";
import { addAuditCommands } from "./audit-commands.ts";
import { addBackupCommands } from "./backup-commands.ts";
import { isForPeople, withCliContext } from "./command.ts";
import { type DropFlags, dropLines, monthLines, runDrop, shownMonths } from "./deliveries.ts";
import {
  type LatestFlags,
  latestLines,
  refusedLines,
  shownLatest,
  shownRefused,
} from "./deliveries-shown.ts";
import { addDemoCommands } from "./demo.ts";
import { examine } from "./doctor.ts";
import { addEndpointCommands } from "./endpoint-commands.ts";
import { addEraseCommand } from "./erase.ts";
import { type ImportFlags, importLines, importStatus, runImport } from "./import.ts";
import { importListLines, importUndoneLines, runImportList, runImportUndo } from "./imported.ts";
import { addMcpCommand } from "./mcp.ts";
import { number } from "./number.ts";
import { addPersonCommands } from "./person-commands.ts";
import { replayLines, runReplay } from "./replay.ts";
import { addRoomCommands } from "./room-commands.ts";
import { runSeeding, type SeedFlags } from "./seed.ts";
import { JSON_FLAG, show } from "./show.ts";
import { withSignals } from "./signals.ts";
import { isAnySimulated, runSimulation, type SimulateFlags, simulationLines } from "./simulate.ts";
import { addSourceCommands } from "./source-commands.ts";
import { addZoneCommands } from "./zone-commands.ts";

const MISTAKE = 2;

const SIMULATE_HELP = `
The first join is there at once. When the story is over, and at Ctrl-C, everybody leaves and the meetings end; Ctrl-C
once more ends at once. What a run that was cut off left open, the next one ends. Nobody in it is real, and everything
says so: \`demo remove\` takes it away whole.`;

const SEED_HELP = `
The history ends with --until and lies in sources of its own, “Seed 1 Clinic” and the like. What is there
stays; a seed that is there already is refused. Deliveries are kept with their bodies, as everywhere, so
that a replay can read everything again: about 1.5 GB for a million events.`;

const DROP_HELP = `
Meetings, people, events and statements stay as they are; gone are the bodies, which say why. A replay leaves
what was read from them alone, and a delivery that comes again is still a repeat. From then on nothing can be
read anew from those months, so a backup must hold more than deliveries. The server may run meanwhile.`;

const REPLAY_HELP = `
How far it is goes to standard error. It may be stopped at any time and run again: no room is half projected, and
what was read again already changes nothing.`;

/** Every command. */
export function build(): Command {
  const program = new Command("rollcall")
    .description("Administers this installation of Rollcall, whether or not its server runs.")
    .exitOverride()
    // A flag after a command is the command's own, also where it has subcommands.
    .enablePositionalOptions()
    .configureOutput({ writeErr: () => undefined });

  addSourceCommands(program);
  addEndpointCommands(program);
  addRoomCommands(program);
  addAccessCommands(program);
  addPersonCommands(program);
  addZoneCommands(program);
  addAuditCommands(program);
  addDemoCommands(program);
  addEraseCommand(program);
  addBackupCommands(program);
  addMcpCommand(program, number);

  program
    .command("simulate")
    .description("send signed webhooks of simulated meetings to the running server")
    .option("--meetings <n>", "meetings at once", number)
    .option("--people <n>", "people over all meetings", number)
    .option("--speed <n>", "times faster than the clock; 0 is as fast as possible", number)
    .option("--seed <n>", "the same seed plays the same meetings", number)
    .option("--minutes <n>", "how long the meetings are played", number)
    .option("--leave-open", "leave what goes on when the time is over, to look at it")
    .option("--url <url>", "the server, where it is not the one of this data folder")
    .addHelpText("after", SIMULATE_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: SimulateFlags & { json?: boolean }) => {
      const simulation = await withSignals((stops) =>
        withCliContext((context) => runSimulation(context, flags, stops)),
      );
      show(json, simulation, simulationLines(simulation));
      if (flags.leaveOpen !== true && isAnySimulated(simulation.open)) process.exitCode = 1;
    });

  program
    .command("seed")
    .description("fill the database with believable history: clinics, classes, calls and webinars")
    .requiredOption(
      "--events <n>",
      "about how many events; more are more rooms and more weeks",
      number,
    )
    .option("--seed <n>", "the same seed makes the same history, another is added to it", number, 1)
    .option("--until <date>", "the last day, as 2026-03-31; without it the last that is over")
    .addHelpText("after", SEED_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: SeedFlags & { json?: boolean }) => {
      const seeded = await withCliContext((context) => runSeeding(context, flags));
      show(json, seeded, [
        `Seed ${seeded.seed}: ${seeded.events} events of ${seeded.meetings} meetings from ` +
          `${seeded.from} to ${seeded.to}, in ${(seeded.elapsed_ms / 1000).toFixed(1)} s ` +
          `(${seeded.events_per_second} a second).`,
      ]);
    });

  const imports = program
    .command("import")
    .enablePositionalOptions()
    .description("add attendance files of Zoom, Teams or Meet to the history; the same never twice")
    .argument("<files...>", "CSV files as those export them")
    .option("--format <format>", "zoom, teams or meet; without it each file is recognised")
    .option(
      "--zone <zone>",
      "where the clocks of the files stood; without it the installation's zone",
    )
    .option("--dates <order>", "mdy or dmy, where the dates of a file may be read either way")
    .option("--day <date>", "the day, where a file has times only, as 2026-03-31")
    .option("--room <name>", "the room, where a file does not say")
    .option("--columns <columns>", "what columns are that are not known, as Nama=name,Masuk=joined")
    .option("--dry-run", "say what would be added, and add nothing")
    .option(...JSON_FLAG)
    .action(async (files: string[], { json, ...flags }: ImportFlags & { json?: boolean }) => {
      const results = await withCliContext((context) => runImport(context, files, flags));
      show(json, results, importLines(results));
      process.exitCode = importStatus(results);
    });

  imports
    .command("list")
    .description("every file that was imported")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const listed = await withCliContext(runImportList);
      show(flags.json, listed.map(importJson), importListLines(listed));
    });
  imports
    .command("undo")
    .description("take an import back: its lines tell nothing any more")
    .argument("<id>", "as `import list` names it")
    .option("--dry-run", "say what would be taken away, and take nothing")
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { dryRun?: boolean; json?: boolean }) => {
      const undone = await withCliContext((context) => runImportUndo(context, id, flags));
      show(flags.json, undone, importUndoneLines(undone));
    });

  program
    .command("replay")
    .description("read all kept deliveries again; the server may run meanwhile")
    .option("--meeting <id>", "only the room of this meeting")
    .addHelpText("after", REPLAY_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, meeting }: { meeting?: string; json?: boolean }) => {
      const done = await withCliContext((context) => runReplay(context, meeting ?? null));
      show(json, done, replayLines(done));
    });

  const deliveries = program
    .command("deliveries")
    .description("what came in and what was refused, and getting rid of old months");
  deliveries
    .command("list", { isDefault: true })
    .description("the months, with their deliveries, how many could not be read, and their size")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const months = await withCliContext(shownMonths);
      show(flags.json, months, monthLines(months));
    });
  deliveries
    .command("latest")
    .description("the latest deliveries, with what became of each and how long that took")
    .option("--status <result>", "recorded, repeated, ignored, unreadable or waiting")
    .option("--source <id>", "of this source")
    .option("--room <key>", "about this room")
    .option("--type <type>", "of this type, as the provider calls it")
    .option("--person <who>", "about this person: a name, a user id, or an id")
    .option("--limit <n>", "so many; 25 without it", number)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: LatestFlags & { json?: boolean }) => {
      const latest = await withCliContext((context) => shownLatest(context, flags));
      show(json, latest, latestLines(latest));
    });
  deliveries
    .command("refused")
    .description(
      "what was refused in the last seven days, by source and reason, and why that may be",
    )
    .option(...JSON_FLAG)
    .action(async ({ json }: { json?: boolean }) => {
      const refused = await withCliContext(shownRefused);
      show(json, refusedJson(refused).results, refusedLines(refused));
    });
  deliveries
    .command("drop")
    .description("drop the deliveries of whole months; what followed from them stays")
    .requiredOption("--before <month>", "the first month to keep, as 2026-03")
    .option("--with-unreadable", "also months with deliveries that a later version might read")
    .addHelpText("after", DROP_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: DropFlags & { json?: boolean }) => {
      const done = await withCliContext((context) => runDrop(context, flags));
      show(json, done, dropLines(done, flags.before));
    });

  program
    .command("doctor")
    .description("check database, bus, disk, clock, server and sources")
    .option(...JSON_FLAG)
    .action(async ({ json }: { json?: boolean }) => {
      const checks = await withCliContext(examine);
      const ok = checks.every((check) => check.ok);
      show(
        json,
        { ok, checks },
        checks.map((check) => {
          const line = `${check.ok ? "✓" : "✗"} ${check.name.padEnd(9)} ${check.detail}`;
          return check.advice === null ? line : `${line}\n  → ${check.advice}`;
        }),
      );
      if (!ok) process.exitCode = 1;
    });

  return program;
}

/**
 * Runs the command in `args`; its status becomes the exit status of this process. Returns whether queries may still
 * wait for a database that is away.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  try {
    await build().parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) {
        const missing = error.code === "commander.help";
        const mistake = missing ? "a command is missing" : error.message.replace(/^error: /, "");
        process.stderr.write(`${mistake.split("\n")[0]} (see --help)\n`);
        process.exitCode = MISTAKE;
      }
    } else if (isForPeople(error)) {
      const isAway = error instanceof DatabaseAway;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = isAway ? 1 : MISTAKE;
      return isAway;
    } else {
      process.stderr.write(`${errorWords(error)}\n${errorFrames(error)}\n`);
      process.exitCode = 1;
    }
  }
  return false;
}

if (import.meta.main && (await run(process.argv.slice(2)))) process.exit();
