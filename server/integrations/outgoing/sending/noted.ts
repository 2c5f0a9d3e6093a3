import type { Audited } from "#domain/access/audit/audited.ts";

/** An endpoint as the audit log names it: by its host, because the rest of an address may be a secret. */
export function aboutEndpoint({ id, url }: { id: string; url: string }): Audited {
  return { kind: "endpoint", id, label: URL.parse(url)?.host ?? null };
}
