import { sourceById } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Provider } from "#server/providers/contract/contract.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
import { DecryptionError, decrypt } from "#server/runtime/encryption.ts";

/** A source ready to receive: its provider, its live secrets, and the rules that project its events. */
export interface KnownSource {
  id: string;
  name: string;
  provider: Provider;
  secrets: LiveSecret[];
  rules: Rules;
  /** Nothing is taken from it for now, or ever again where it is being deleted. */
  isPaused: boolean;
}

export interface LiveSecret {
  id: string;
  /** Base64, as it signs. */
  plain: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A rotated or retired secret, a pause or a changed rule takes effect after this time; a new source at once. */
export const FRESH_MS = 1_000;

/**
 * Looks sources up for the door, each at most once a second. `null` for one that does not exist under
 * that provider. A live secret that cannot be decrypted is skipped and logged once; where none can be, the
 * look-up throws `DecryptionError`.
 */
export function createSourceCache(
  orm: Orm,
  secret: string,
  log: { error: (about: object, message: string) => void },
): (provider: string, id: string, now: Ms) => Promise<KnownSource | null> {
  const cache = new Map<string, { source: Promise<KnownSource | null>; until: Ms }>();
  const logged = new Set<string>();
  const skip = (source: string, encrypted: Buffer, error: DecryptionError) => {
    const name = `${source} ${encrypted.toString("base64")}`;
    if (!logged.has(name))
      log.error({ err: error, source }, "a secret of the source does not open");
    logged.add(name);
  };
  return async (providerName, id, now) => {
    const provider = providerNamed(providerName);
    if (provider === null || !UUID.test(id)) return null;
    const entry = cache.get(id);
    if (entry && entry.until > now) {
      const source = await entry.source;
      return source?.provider === provider ? source : null;
    }
    const source = load(orm, secret, id, skip);
    cache.set(id, { source, until: now + FRESH_MS });
    // Neither a failure nor an absence is remembered: the next request asks again.
    source.then(
      (found) => found ?? cache.delete(id),
      () => cache.delete(id),
    );
    const found = await source;
    return found?.provider === provider ? found : null;
  };
}

async function load(
  orm: Orm,
  secret: string,
  id: string,
  skip: (source: string, encrypted: Buffer, error: DecryptionError) => void,
): Promise<KnownSource | null> {
  const stored = await sourceById(orm, id);
  const provider = stored === null ? null : providerNamed(stored.provider);
  if (stored === null || provider === null) return null;
  const secrets: LiveSecret[] = [];
  let broken: DecryptionError | null = null;
  for (const { id: secretId, sealed: encrypted } of stored.secrets) {
    try {
      secrets.push({ id: secretId, plain: decrypt(encrypted, secret) });
    } catch (error) {
      if (!(error instanceof DecryptionError)) throw error;
      broken = error;
      skip(stored.id, encrypted, error);
    }
  }
  if (broken !== null && secrets.length === 0) throw broken;
  return {
    id: stored.id,
    name: stored.name,
    provider,
    secrets,
    rules: rulesOf(provider, stored),
    isPaused: stored.pausedAt !== null || stored.deletingSince !== null,
  };
}

/** The rules that an operator can set for a source. */
type OwnRules = Pick<Rules, "emptyGapMs" | "graceMs" | "noteTakers" | "roomTitles">;

export function rulesOf(provider: Provider, stored: OwnRules): Rules {
  return {
    meetings: provider.meetings,
    emptyGapMs: stored.emptyGapMs,
    graceMs: stored.graceMs,
    silenceMs: provider.silenceMs,
    userIdsLast: provider.userIdsLast,
    noteTakers: stored.noteTakers,
    roomTitles: stored.roomTitles,
  };
}
