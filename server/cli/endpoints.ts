import { endpointById, listEndpoints } from "#db/integrations/outgoing/endpoints.ts";
import { waitingMessages } from "#db/integrations/outgoing/messages.ts";
import {
  SIGNINGS,
  type Signing,
  TRIGGERS,
  type Trigger,
} from "#domain/integrations/outgoing/endpoint.ts";
import { type EndpointJson, endpointJson } from "#server/integrations/outgoing/json.ts";
import { dropEndpoint, storeEndpoint } from "#server/integrations/outgoing/managing.ts";
import { ForbiddenAddress } from "#server/integrations/outgoing/sending/address.ts";
import { isSecret } from "#server/integrations/outgoing/sending/signing.ts";
import { type CliContext, CommandError } from "./command.ts";

/** What `endpoint add` is told. */
export interface EndpointAsked {
  url: string;
  /** Separated by commas. */
  triggers: string;
  signing?: string;
  secret?: string;
}

/** Adds an address that is sent webhooks from now on. */
export async function runEndpointAdd(
  { database, secret: key, env, by }: CliContext,
  { url, triggers, signing = "standard", secret }: EndpointAsked,
): Promise<{ id: string; secret: string }> {
  if (secret !== undefined && !isSecret(secret)) {
    throw new CommandError("--secret must be base64 of 24 to 64 bytes, also after whsec_.");
  }
  const given = {
    ...{ url, triggers: triggersGiven(triggers), signing: signingGiven(signing) },
    ...{ sources: null, rooms: null, secret: secret ?? null },
  };
  const managing = { database, secret: key, allowed: env.allowedNetworks, by };
  try {
    return await storeEndpoint(managing, given, Date.now());
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    throw new CommandError(`--url: ${error.message}.`, { cause: error });
  }
}

function triggersGiven(text: string): Trigger[] {
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.find((word) => !TRIGGERS.some((trigger) => trigger === word));
  if (unknown !== undefined) {
    throw new CommandError(
      `--triggers has no ${JSON.stringify(unknown)}: it takes ${TRIGGERS.join(", ")}, separated by commas.`,
    );
  }
  return TRIGGERS.filter((trigger) => words.includes(trigger));
}

function signingGiven(text: string): Signing {
  const known = SIGNINGS.find((signing) => signing === text);
  if (known === undefined) {
    throw new CommandError(`--signing must be one of ${SIGNINGS.join(", ")}.`);
  }
  return known;
}

export async function shownEndpoints({ database }: CliContext): Promise<EndpointJson[]> {
  const all = await listEndpoints(database.orm, Date.now());
  const waiting = await waitingMessages(database.orm);
  return all.map((one) => endpointJson(one, waiting.get(one.id)?.waiting ?? 0));
}

/** Removes an endpoint with what was to be sent to it. */
export async function runEndpointRemove(
  { database, by }: CliContext,
  id: string,
): Promise<{ id: string; url: string }> {
  const endpoint = await endpointById(database.orm, id, Date.now());
  if (endpoint === null) {
    throw new CommandError("No such endpoint: `endpoint list` prints their ids.");
  }
  await dropEndpoint({ database, by }, endpoint);
  return { id: endpoint.id, url: endpoint.url };
}

export function endpointLines(endpoints: readonly EndpointJson[]): string[] {
  if (endpoints.length === 0) return ["No endpoints yet."];
  return endpoints.map(({ id, url, triggers, signing, state, paused_for, waiting }) => {
    const why = paused_for === null ? state : `${state} (${paused_for})`;
    return `${id}  ${url}  ${signing}  ${triggers.join(",")}  ${why}  ${waiting} waiting`;
  });
}
