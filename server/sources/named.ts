import { database } from "#db/connection/client.ts";
import { type StoredSource, sourceById } from "#db/sources/sources.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { provider } from "#server/providers/providers.ts";

/** A source by its id. Throws 404 for none. */
export async function sourceNamed(id: string): Promise<StoredSource> {
  const source = isUuid(id) ? await sourceById(database().orm, id) : null;
  if (source === null) throw notFound("source");
  return source;
}

/** A source to which webhooks are sent, and that stays. Throws 404 for none, 409 for one that is being deleted. */
export async function sourceOfWebhooks(id: string): Promise<StoredSource> {
  const source = await sourceNamed(id);
  if (provider(source.provider)?.connect == null) throw notFound("source of webhooks");
  mustStay(source);
  return source;
}

/** Throws 409 where a source is being deleted. */
export function mustStay({ deletingSince }: StoredSource): void {
  if (deletingSince === null) return;
  throw new ApiError(409, "being_deleted", "This source is being deleted.");
}
