import type { z } from "zod";
import { answeredAs } from "#server/providers/contract/answered.ts";
import type { ProviderApi } from "#server/providers/contract/provider-api.ts";
import { pageOf } from "./listed.ts";

/** Every item of a list, page by page. */
export async function* listed<T>(
  api: ProviderApi,
  first: string,
  item: z.ZodType<T>,
): AsyncGenerator<T> {
  let path: string | null = first;
  while (path !== null) {
    const { next, results }: { next: string | null; results: T[] } = await page(api, path, item);
    yield* results;
    path = next === null ? null : pathIn(next);
  }
}

/** One page of a list. */
export async function page<T>(api: ProviderApi, path: string, item: z.ZodType<T>) {
  return answeredAs(pageOf(item), await api.ask("GET", path));
}

/** The path within the API of the address of a further page. */
export function pathIn(next: string): string {
  const { pathname, search } = new URL(next, "https://attendee.invalid");
  return `${pathname.slice(pathname.search(/\/(bots|calendar_events)\b/))}${search}`;
}
