import { provider } from "#server/providers/providers.ts";
import { setApiKey } from "#server/sources/managing.ts";
import { type CliContext, CommandError } from "./command.ts";
import { sourceNamed } from "./rotate.ts";
import { mustStay } from "./sources.ts";

export interface ApiKeyFlags {
  key?: string;
  forget?: boolean;
}

export interface ApiKeySet {
  id: string;
  /** `null` where none is kept any more. */
  api_key: { last_four: string } | null;
}

/** Keeps a key of the provider's API with a source, or forgets it. */
export async function setSourceApiKey(
  context: CliContext,
  id: string,
  { key: given, forget = false }: ApiKeyFlags,
): Promise<ApiKeySet> {
  const key = given?.trim() ?? "";
  if ((key === "") !== forget) throw new CommandError("Say --key KEY, or --forget.");
  const source = await sourceNamed(context, id);
  mustStay(source);
  const own = provider(source.provider);
  if ((own?.api ?? null) === null) {
    throw new CommandError(`Nothing is asked of ${own?.title ?? "its provider"}: it needs no key.`);
  }
  await setApiKey(context, source, forget ? null : key, Date.now());
  return { id: source.id, api_key: forget ? null : { last_four: key.slice(-4) } };
}

export function apiKeyLines({ api_key }: ApiKeySet): string[] {
  if (api_key === null) return ["No key of its provider is kept any more."];
  return [`The key that ends in ${api_key.last_four} is kept, encrypted.`];
}
