import type { RecordingClient } from "#db/connection/client.ts";
import {
  addEndpoint,
  changeEndpoint,
  type EndpointChanges,
  removeEndpoint,
  rotateEndpointSecret,
  type StoredEndpoint,
} from "#db/integrations/outgoing/endpoints.ts";
import { wakeSender } from "#db/integrations/outgoing/waking.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Signing, Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { audited } from "#server/runtime/audit.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { checkedAddresses, endpointUrl, ForbiddenAddress } from "./sending/address.ts";
import { aboutEndpoint } from "./sending/noted.ts";
import { makeSecret } from "./sending/signing.ts";

/* What is done with an endpoint by hand, by a command or on its page: each with its entry in the audit log. */

/** Whoever does it, on which database, with which key secrets are encrypted, and where may be sent to. */
export interface ManagingEndpoints {
  database: Pick<RecordingClient, "transaction">;
  secret: string;
  allowed: Networks;
  by: AuditActor;
}

export interface GivenEndpoint {
  url: string;
  triggers: readonly Trigger[];
  signing: Signing;
  sources: string[] | null;
  rooms: string[] | null;
  /** One is made where none is given. */
  secret: string | null;
}

/** Adds an endpoint; its secret is returned this once. Throws `ForbiddenAddress`. */
export async function storeEndpoint(
  { database, secret: key, allowed, by }: ManagingEndpoints,
  { secret = null, ...given }: GivenEndpoint,
  now: Ms,
): Promise<{ id: string; secret: string }> {
  const url = await reachableUrl(given.url, allowed);
  const own = secret ?? makeSecret(given.signing);
  const triggers = [...new Set(given.triggers)];
  const row = { ...given, url, triggers, by: by.label, sealed: encrypt(own, key) };
  const id = await audited(
    database,
    by,
    async ({ orm }) => {
      const added = await addEndpoint(orm, row, now);
      await wakeSender(orm);
      return added;
    },
    (added) => ({
      action: "endpoint.added",
      about: aboutEndpoint({ id: added, url }),
      details: { triggers },
    }),
  );
  return { id, secret: own };
}

/** An address that may be sent to, as far as that is known now: a name that leads nowhere yet may lead somewhere later. */
export async function reachableUrl(text: string, allowed: Networks): Promise<string> {
  const url = endpointUrl(text);
  try {
    await checkedAddresses(url, allowed);
  } catch (error) {
    if (error instanceof ForbiddenAddress || url.protocol !== "https:") throw error;
  }
  return url.href;
}

/** Changes what is given of an endpoint. */
export async function setEndpoint(
  { database, by }: Pick<ManagingEndpoints, "database" | "by">,
  endpoint: StoredEndpoint,
  changes: EndpointChanges,
  changed: readonly string[],
): Promise<void> {
  await audited(
    database,
    by,
    async ({ orm }) => {
      await changeEndpoint(orm, endpoint.id, changes);
      await wakeSender(orm);
    },
    () =>
      changed.length === 0
        ? null
        : { action: "endpoint.changed", about: aboutEndpoint(endpoint), details: { changed } },
  );
}

/** Gives an endpoint a new secret, which is returned this once; the older one is used until `until`. */
export async function rotateEndpoint(
  { database, secret: key, by }: ManagingEndpoints,
  endpoint: StoredEndpoint,
  secret: string | null,
  { now, until }: { now: Ms; until: Ms },
): Promise<string> {
  const own = secret ?? makeSecret(endpoint.signing);
  const sealed = encrypt(own, key);
  await audited(
    database,
    by,
    ({ orm }) => rotateEndpointSecret(orm, endpoint.id, sealed, { now, until }),
    () => ({ action: "endpoint.rotated", about: aboutEndpoint(endpoint), details: {} }),
  );
  return own;
}

/** Removes an endpoint with what was to be sent to it. */
export async function dropEndpoint(
  { database, by }: Pick<ManagingEndpoints, "database" | "by">,
  endpoint: StoredEndpoint,
): Promise<void> {
  await audited(
    database,
    by,
    async ({ orm }) => {
      await removeEndpoint(orm, endpoint.id);
      await wakeSender(orm);
    },
    () => ({ action: "endpoint.removed", about: aboutEndpoint(endpoint), details: {} }),
  );
}
