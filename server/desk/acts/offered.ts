import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { ACT_KINDS } from "#domain/desk/acts/act-kind.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { provider } from "#server/providers/providers.ts";
import type { providerActs } from "./schema.ts";

/** What can be done, for each source that keeps a key of its provider's API. One statement. */
export async function actsOfSources(): Promise<AnswerOf<typeof providerActs>["results"]> {
  const sources = await listSources(database().orm);
  return sources.flatMap((source) => {
    const own = provider(source.provider);
    if (own === null || source.sealedApiKey === null) return [];
    const acts = ACT_KINDS.filter((kind) => own.acts[kind] !== undefined);
    return acts.length === 0 ? [] : [{ source_id: source.id, provider: own.title, acts }];
  });
}
