import type { Command } from "commander";
import { connectable } from "#server/providers/providers.ts";
import { withCliContext } from "./command.ts";
import { number } from "./number.ts";
import {
  pauseSource,
  resumeSource,
  retiredLines,
  retireSource,
  rotatedLines,
  rotateSource,
} from "./rotate.ts";
import { JSON_FLAG, show } from "./show.ts";
import { type ApiKeyFlags, apiKeyLines, setSourceApiKey } from "./source-api-key.ts";
import { type DeleteFlags, deletedLines, runSourceDelete } from "./source-delete.ts";
import { type UpdateFlags, updateSource } from "./source-update.ts";
import { connectLines, connectSource, shownSources, sourceLines } from "./sources.ts";

const ROTATE_HELP = `
Both secrets are accepted from then on. Enter the new one at the provider, wait until the old one is not used
any more (source list), and retire it. Of a secret that leaked, do not wait: source retire, at once.`;

const PAUSE_HELP = `
The provider is answered 503 and asked to come again, and nothing is kept. What it sends again after
source resume is not lost; what it has given up on by then is.`;

const KEEP_HELP = `
What is older than --keep-deliveries or --keep-people goes for good, once a day and the first time within a minute of
the server's running: the webhooks as they came, or the names, ids and addresses of who was in a meeting. Every number
stays. Without --yes it only says what would go now.`;

const DELETE_HELP = `
What goes: its meetings, people, waits and deliveries, and what was entered about these. All else stays as it is. How
far it is goes to standard error. Stopped at any time, the server goes on with it, or it is simply run again.`;

const either = new Intl.ListFormat("en", { type: "disjunction" });
const both = new Intl.ListFormat("en", { type: "conjunction" });
const takingOurs = connectable.filter(({ connect }) => connect?.secretMadeBy === "us");

/** What is left to do at each provider. */
const ADD_HELP = connectable
  .flatMap(({ title, connect }) => {
    if (connect === null) return [];
    const steps = connect.steps.map(({ text }, index) => `  ${index + 1}. ${text}`);
    return [`\nAt ${title}, which calls the secret “${connect.secretName}”:`, ...steps];
  })
  .join("\n");

/** The commands about provider accounts. */
export function addSourceCommands(program: Command): void {
  const source = program.command("source").description("the provider accounts that send webhooks");
  source
    .command("add")
    .description("connect a provider account; prints the secret and the webhook path")
    .requiredOption("--provider <provider>", either.format(connectable.map(({ name }) => name)))
    .requiredOption("--name <name>", "what to call it")
    .option(
      "--secret <base64>",
      `the secret the provider signs with; without it one is made for ${both.format(takingOurs.map(({ title }) => title))}`,
    )
    .option(...JSON_FLAG)
    .addHelpText("after", ADD_HELP)
    .action(async (flags: { provider: string; name: string; secret?: string; json?: boolean }) => {
      const [added, publicUrl] = await withCliContext(async (context) => {
        return [await connectSource(context, flags), context.env.publicUrl] as const;
      });
      show(flags.json, added, [
        `Added ${added.provider} source “${added.name}”.`,
        `  webhook path  ${added.webhook_path}`,
        `  secret        ${added.secret}`,
        ...connectLines(added, publicUrl),
      ]);
    });
  source
    .command("delete")
    .description("take a source away for good, with everything that came from it")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option("--yes", "take it away without asking back")
    .addHelpText("after", DELETE_HELP)
    .option(...JSON_FLAG)
    .action(async (id: string, flags: DeleteFlags & { json?: boolean }) => {
      const deleted = await withCliContext((context) => runSourceDelete(context, id, flags));
      show(flags.json, deleted, deletedLines(deleted));
    });
  source
    .command("list")
    .description("every source with its webhook path")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      const sources = await withCliContext(shownSources);
      show(flags.json, sources, sourceLines(sources));
    });
  source
    .command("update")
    .description("change a source's name and settings; its past is projected again")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option("--name <name>", "what to call it from now on")
    .option("--empty-gap <seconds>", "a room that is empty for longer begins a new meeting", number)
    .option("--grace <seconds>", "gaps of at most this count as attended", number)
    .option("--join-bots <yes|no>", "whether several bots at one address make one meeting")
    .option("--take-calendar <yes|no>", "whether what its calendars have is expected by itself")
    .option("--note-takers <words>", "what note-takers are called here too, with commas between")
    .option(
      "--keep-deliveries <months>",
      "delete deliveries that are older than so many months; none keeps them",
    )
    .option(
      "--keep-people <days>",
      "erase the people of meetings that ended longer ago; none keeps them",
    )
    .option("--yes", "do away with what is older")
    .addHelpText("after", KEEP_HELP)
    .option(...JSON_FLAG)
    .action(async (id: string, { json, ...flags }: UpdateFlags & { json?: boolean }) => {
      const updated = await withCliContext((context) => updateSource(context, id, flags));
      show(json, updated, sourceLines([updated]));
    });
  source
    .command("rotate")
    .description("give a source a new secret; the old one is accepted until it is retired")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option("--secret <base64>", "the secret the provider signs with; without it one is made")
    .addHelpText("after", ROTATE_HELP)
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { secret?: string; json?: boolean }) => {
      const rotated = await withCliContext((context) => rotateSource(context, id, flags.secret));
      show(flags.json, rotated, rotatedLines(rotated));
    });
  source
    .command("retire")
    .description("refuse every secret of a source but the newest")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { json?: boolean }) => {
      const retired = await withCliContext((context) => retireSource(context, id));
      show(flags.json, retired, retiredLines(retired));
    });
  source
    .command("api-key")
    .description("keep a key of the provider's own API with a source, in place of any before it")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option("--key <key>", "the key, as the provider shows it; it is encrypted")
    .option(
      "--address <url>",
      'where the API is, if you run it yourself; "" for where its provider has it',
    )
    .option("--forget", "forget the one that is kept")
    .option(...JSON_FLAG)
    .action(async (id: string, { json, ...flags }: ApiKeyFlags & { json?: boolean }) => {
      const set = await withCliContext((context) => setSourceApiKey(context, id, flags));
      show(json, set, apiKeyLines(set));
    });
  source
    .command("pause")
    .description("take nothing from a source for a while")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .addHelpText("after", PAUSE_HELP)
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { json?: boolean }) => {
      const paused = await withCliContext((context) => pauseSource(context, id));
      show(flags.json, paused, sourceLines([paused]));
    });
  source
    .command("resume")
    .description("take from a source again")
    .argument("<id>", "the end of its webhook path, which `source list` prints")
    .option(...JSON_FLAG)
    .action(async (id: string, flags: { json?: boolean }) => {
      const resumed = await withCliContext((context) => resumeSource(context, id));
      show(flags.json, resumed, sourceLines([resumed]));
    });
}
