import type { ApiKeyRow } from "#db/access/keys.ts";
import type { AuditEntry } from "#domain/access/audit.ts";

/** What is noted of a key that was made; never the key itself. */
export function keyCreated({ id, name, scopes, expiresAt }: ApiKeyRow): AuditEntry {
  return {
    action: "key.created",
    about: { kind: "key", id, label: name },
    details: { scopes, expires: expiresAt !== null },
  };
}

/** What is noted of a key that was revoked; nothing where there is none. */
export function keyRevoked(row: ApiKeyRow | null): AuditEntry | null {
  if (row === null) return null;
  const { id, name } = row;
  return { action: "key.revoked", about: { kind: "key", id, label: name }, details: {} };
}
