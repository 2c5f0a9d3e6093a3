import type { Command } from "commander";
import { withCliContext } from "./command.ts";
import {
  endEverySession,
  type KeyAsked,
  keyLines,
  makeKey,
  revokeNamedKey,
  shownKeys,
} from "./keys.ts";
import { JSON_FLAG, show } from "./show.ts";

const END_HELP = `
Every browser that was let in is a stranger then, and what it has open is closed within a second. A browser on
this machine is given a new session with the next page it opens.`;

const SCOPES_HELP = `
read: everything the pages show, and the live channel. write: what an operator enters. deliver: import attendance
files, and take imports back.`;

/** The commands about who may read: keys of programs, and sessions of browsers. */
export function addAccessCommands(program: Command): void {
  const key = program.command("key").description("keys for the API");
  key
    .command("create")
    .description("make an API key; it is shown once")
    .requiredOption("--name <name>", "who uses it")
    .option("--scopes <list>", "what it may, of read, write and deliver; everything without it")
    .option("--sources <ids>", "the sources it sees, separated by commas; all without it")
    .option(
      "--rooms <patterns>",
      "the rooms it sees, by key or title, * for any text; all without it",
    )
    .option("--masked", "it sees initials instead of names")
    .option("--expires <date>", "the last day on which it opens anything, as 2027-03-31")
    .addHelpText("after", SCOPES_HELP)
    .option(...JSON_FLAG)
    .action(async (flags: KeyAsked & { json?: boolean }) => {
      const made = await withCliContext((context) => makeKey(context, flags));
      show(flags.json, made, [`Key for ${flags.name.trim()}, shown once:`, made.key]);
    });
  key
    .command("list")
    .description("every key, when it was last used, and whether it was revoked")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const keys = await withCliContext(shownKeys);
      show(flags.json, keys, keyLines(keys));
    });
  key
    .command("revoke")
    .description("take a key back, for good; what it has open is closed within a second")
    .argument("<id>", "as `key list` names it")
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { json?: boolean }) => {
      const revoked = await withCliContext((context) => revokeNamedKey(context, id));
      show(flags.json, revoked, [`Revoked the key for ${revoked.name}.`]);
    });

  program
    .command("session")
    .description("the sessions of browsers")
    .command("end-all")
    .description("end every browser session, at once")
    .addHelpText("after", END_HELP)
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const ended = await withCliContext(endEverySession);
      show(flags.json, ended, ["Every browser session has ended."]);
    });
}
