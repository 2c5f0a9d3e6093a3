import type { Command } from "commander";
import { SIGNINGS, TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import { withCliContext } from "./command.ts";
import {
  type EndpointAsked,
  endpointLines,
  runEndpointAdd,
  runEndpointRemove,
  shownEndpoints,
} from "./endpoints.ts";
import { JSON_FLAG, show } from "./show.ts";

const ADD_HELP = `
Triggers: ${TRIGGERS.join(", ")}.
The address has to be https and public. ROLLCALL_ALLOW_NETWORKS names networks that are reached all the same, also by http.
The server sends, as long as it runs: what happens while it does not is sent afterwards.`;

/** The commands about addresses that are sent webhooks. */
export function addEndpointCommands(program: Command): void {
  const endpoint = program.command("endpoint").description("the addresses that are sent webhooks");
  endpoint
    .command("add")
    .description("send webhooks to an address from now on; prints the secret, once")
    .requiredOption("--url <url>", "where they are sent")
    .requiredOption("--triggers <list>", "what is told, separated by commas")
    .option("--signing <scheme>", `${SIGNINGS.join(", ")}; standard without it`)
    .option("--secret <base64>", "what they are signed with; without it one is made")
    .addHelpText("after", ADD_HELP)
    .option(...JSON_FLAG)
    .action(async ({ json, ...flags }: EndpointAsked & { json?: boolean }) => {
      const added = await withCliContext((context) => runEndpointAdd(context, flags));
      show(json, added, [`Added ${added.id}. Its secret, shown once:`, added.secret]);
    });
  endpoint
    .command("list")
    .description("every address that is sent webhooks, with its state")
    .option(...JSON_FLAG)
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withCliContext(shownEndpoints);
      show(json, all, endpointLines(all));
    });
  endpoint
    .command("remove")
    .description("send nothing more to an address, also not what waits")
    .argument("<id>", "as `endpoint list` prints it")
    .option(...JSON_FLAG)
    .action(async (id: string, { json }: { json?: boolean }) => {
      const removed = await withCliContext((context) => runEndpointRemove(context, id));
      show(json, removed, [`Nothing more is sent to ${removed.url}.`]);
    });
}
