import { z } from "zod";
import type { ApiClient } from "./client.ts";

const page = z.object({
  next: z.string().nullable(),
  previous: z.string().nullable(),
  results: z.array(z.record(z.string(), z.unknown())),
});
type Page = z.infer<typeof page>;

export async function readPage(counter: ApiClient, path: string): Promise<Page> {
  return page.parse(await counter.read(path));
}

/** One field of everything on a page. */
export function column(name: string): (page: Page) => unknown[] {
  return ({ results }) => results.map((row) => row[name]);
}

/** Every page from one on, by its own links. */
async function walk(
  counter: ApiClient,
  from: string,
  direction: "next" | "previous",
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let path: string | null = from; path !== null && pages.length < 100; ) {
    const one: Page = await readPage(counter, path);
    pages.push(one);
    path = one[direction];
  }
  return pages;
}

/** What each way through a list gives, all pages together in the list's own order, and its ends. */
export async function thereAndBack(
  counter: ApiClient,
  path: string,
  of: (page: Page) => unknown[],
): Promise<{ there: unknown[]; back: unknown[]; ends: unknown[] }> {
  const there = await walk(counter, path, "next");
  const last = there.at(-1);
  const back = last?.previous ? await walk(counter, last.previous, "previous") : [];
  return {
    there: there.flatMap(of),
    back: [...back.toReversed(), ...(last ? [last] : [])].flatMap(of),
    ends: [there[0]?.previous, last?.next, back.at(-1)?.previous],
  };
}
