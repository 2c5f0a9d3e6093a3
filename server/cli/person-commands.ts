import type { Command } from "commander";
import { withCliContext } from "./command.ts";
import {
  addPerson,
  linkPerson,
  type PersonAsked,
  personLines,
  removePerson,
  shownPeople,
  signOutPerson,
} from "./people.ts";
import { JSON_FLAG, show } from "./show.ts";

const ROLES_HELP = `
owner: everything, also members, keys and sources. operator: looks, corrects, imports. viewer: looks. With
--sources or --rooms they see only these, with --masked initials in place of names.`;

/** The commands about who may sign in. */
export function addPersonCommands(program: Command): void {
  const person = program.command("person").description("members: who may sign in");
  person
    .command("add")
    .description("invite somebody, by a link that is shown once, or give them a password")
    .requiredOption("--email <address>", "with which they sign in")
    .requiredOption("--name <name>", "what others see")
    .requiredOption("--role <role>", "owner, operator or viewer")
    .option("--password <password>", "their password; without it they choose one by the link")
    .option("--sources <ids>", "the sources they see, separated by commas")
    .option("--rooms <patterns>", "the rooms they see, separated by commas; * stands for any text")
    .option("--masked", "they see initials in place of names")
    .addHelpText("after", ROLES_HELP)
    .option(...JSON_FLAG)
    .action(async (flags: PersonAsked & { json?: boolean }) => {
      const added = await withCliContext((context) => addPerson(context, flags));
      const { email, role, invite_url: url } = added;
      show(flags.json, added, [
        `${email} is ${role} now.`,
        ...(url === null ? [] : ["The link with which they choose a password, shown once:", url]),
      ]);
    });
  person
    .command("list")
    .description("everybody who may sign in")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const people = await withCliContext(shownPeople);
      show(flags.json, people, personLines(people));
    });
  person
    .command("link")
    .description("a link by which somebody chooses a new password, in place of any before")
    .argument("<email>")
    .option("--without-code", "also takes away the code that is asked besides the password")
    .option(...JSON_FLAG)
    .action(async (email: string, flags: { withoutCode?: boolean; json?: boolean }) => {
      const made = await withCliContext((context) => linkPerson(context, email, flags));
      show(flags.json, made, [
        `The link with which ${made.email} chooses a password, shown once:`,
        made.url,
      ]);
    });
  person
    .command("remove")
    .description("remove somebody; what they have open is closed within a second")
    .argument("<email>")
    .option(...JSON_FLAG)
    .action(async (email: string, flags: { json?: boolean }) => {
      const removed = await withCliContext((context) => removePerson(context, email));
      show(flags.json, removed, [`${removed.email} is no member any more.`]);
    });
  person
    .command("sign-out")
    .description("end every session of somebody")
    .argument("<email>")
    .option(...JSON_FLAG)
    .action(async (email: string, flags: { json?: boolean }) => {
      const out = await withCliContext((context) => signOutPerson(context, email));
      show(flags.json, out, [`${out.email}: ${out.ended} sessions ended.`]);
    });
}
