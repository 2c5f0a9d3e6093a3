import type { RecordingClient } from "#db/connection/client.ts";
import { forgetCalendars } from "#db/scheduled/calendar/calendar-events.ts";
import { beginCatchingUp, forgetPlace, readWhole } from "#db/sources/catching-up/catch-ups.ts";
import { addSecret, retireSecrets } from "#db/sources/secrets.ts";
import {
  addSource,
  changeSource,
  type SourceChanges,
  type StoredSource,
} from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import type { Ms } from "#domain/time/ms.ts";
import { audited } from "#server/runtime/audit.ts";
import { encrypt } from "#server/runtime/encryption.ts";

/* What is done with a source by hand, by a command or on its page: each with its entry in the audit log. */

/** Whoever does it, on which database, and with which key secrets are encrypted. */
export interface Managing {
  database: Pick<RecordingClient, "transaction">;
  /** Key for secrets at rest. */
  secret: string;
  by: AuditActor;
}

type Writing = Pick<Managing, "database" | "by">;

/** Adds a source with its first secret, and returns its id. */
export function storeSource(
  { database, secret: key, by }: Managing,
  { secret, ...source }: { provider: string; name: string; secret: string; isDemo: boolean },
): Promise<string> {
  const { provider, name } = source;
  const sealedSecret = encrypt(secret, key);
  return audited(
    database,
    by,
    ({ orm }) => addSource(orm, { ...source, sealedSecret }),
    (id) => ({
      action: "source.added",
      about: { kind: "source", id, label: name },
      details: { provider },
    }),
  );
}

/** Adds a secret; the older ones are accepted until `until`, or until somebody retires them. Returns their last use. */
export async function rotateSecret(
  { database, secret: key, by }: Managing,
  source: StoredSource,
  secret: string,
  until: Ms | null = null,
): Promise<Ms | null> {
  const sealed = encrypt(secret, key);
  const older = source.secrets.map(({ id }) => id);
  await audited(
    database,
    by,
    async ({ orm }) => {
      await addSecret(orm, source.id, sealed);
      if (until !== null) await retireSecrets(orm, older, until);
    },
    () => ({ action: "source.rotated", about: aboutSource(source), details: {} }),
  );
  return lastUseOf(source.secrets);
}

/** Retires the older secrets of a source: at once, at a moment, or with `null` not until somebody says when. */
export async function retireOlder(
  { database, by }: Writing,
  source: StoredSource,
  at: Ms | "now" | null,
): Promise<void> {
  const ids = source.secrets.slice(1).map(({ id }) => id);
  await audited(
    database,
    by,
    ({ orm }) => retireSecrets(orm, ids, at),
    () =>
      ids.length === 0
        ? null
        : {
            action: "source.retired",
            about: aboutSource(source),
            details: { secrets: ids.length },
          },
  );
}

/** Pauses a source from that moment on, or with `null` resumes it. */
export function setPause(
  { database, by }: Writing,
  source: StoredSource,
  pausedAt: Ms | null,
): Promise<void> {
  return audited(
    database,
    by,
    ({ orm }) => changeSource(orm, source.id, { pausedAt }),
    () =>
      source.pausedAt === pausedAt
        ? null
        : {
            action: pausedAt === null ? "source.resumed" : "source.paused",
            about: aboutSource(source),
            details: {},
          },
  );
}

/**
 * Keeps a key of the provider's own API, in place of any before it, for where the API is; or with `null` forgets it.
 * The address stays then: a key that is entered next is for the same, unless it is said otherwise.
 */
export function setApiKey(
  { database, secret, by }: Managing,
  source: StoredSource,
  { key, address = source.apiAddress }: { key: string | null; address?: string | null },
  now: Ms,
): Promise<void> {
  const isMoved = address !== source.apiAddress;
  return audited(
    database,
    by,
    async ({ orm }) => {
      await changeSource(orm, source.id, { ...keptKey(key, secret, now), apiAddress: address });
      if (isMoved) await forgetPlace(orm, source.id);
      // Another account has other calendars, and without a key nobody asks for them any more.
      await forgetCalendars(orm, source.id);
      await readWhole(orm, source.id);
      await beginCatchingUp(orm, source.id);
    },
    () =>
      key === null && source.sealedApiKey === null
        ? null
        : {
            action: "source.changed",
            about: aboutSource(source),
            details: { changed: isMoved ? ["api_key", "api_address"] : ["api_key"] },
          },
  );
}

/** How a key of a provider's API is stored, or that there is none. */
export function keptKey(
  key: string | null,
  secret: string,
  now: Ms,
): Pick<SourceChanges, "sealedApiKey" | "apiKeyAt"> {
  return key === null
    ? { sealedApiKey: null, apiKeyAt: null }
    : { sealedApiKey: encrypt(key, secret), apiKeyAt: now };
}

/** When any of some secrets was last used. */
export function lastUseOf(secrets: StoredSource["secrets"]): Ms | null {
  const uses = secrets.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
  return uses.length === 0 ? null : Math.max(...uses);
}

export function aboutSource({ id, name }: Pick<StoredSource, "id" | "name">): Audited {
  return { kind: "source", id, label: name };
}
