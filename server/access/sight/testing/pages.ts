import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { withViewer } from "#server/http/viewer.ts";

/*
 * Pages are asked as their framework does: what it would draw, and hand to the browser, are the elements they return.
 * A test that draws one takes the place of `next/server` and `next/headers`, which only a running framework has.
 */

type Draw = (props: {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string>>;
  children: null;
}) => unknown;

export interface SightPage {
  /** As its folders are called: `/meetings/[id]`. */
  path: string;
  /** What surrounds it, and the page. */
  draw: readonly Draw[];
}

const module = z.object({ default: z.custom<Draw>((value) => typeof value === "function") });
const drawOf = (exports: unknown): Draw => module.parse(exports).default;

/** By their folders. The frame of all pages has a font in it, and nothing of anybody. */
const layouts = Object.entries(import.meta.glob("/app/*/**/layout.tsx", { eager: true })).map(
  ([path, exports]) => ({ folder: path.replace("layout.tsx", ""), draw: drawOf(exports) }),
);

/** Every page there is, found by its file. */
export const pages: readonly SightPage[] = Object.entries(
  import.meta.glob("/app/**/page.tsx", { eager: true }),
).map(([file, exports]) => ({
  path: file.replace(/^\/app|\/\(\w+\)|\/page\.tsx$/g, "") || "/",
  draw: [
    ...layouts.filter(({ folder }) => file.startsWith(folder)).map(({ draw }) => draw),
    drawOf(exports),
  ],
}));

/** What the named part of a page may be; a page that is missing here cannot be asked, which fails the test. */
export const PARTS: Readonly<Record<string, string>> = {
  "/deliveries/[id]": "deliveries/{id}",
  "/endpoints/[id]": "endpoints/{id}",
  "/expected/[id]": "scheduled-meetings/{id}",
  "/expected/[id]/edit": "scheduled-meetings/{id}",
  "/expected/lists/[id]": "class-lists/{id}",
  "/expected/lists/[id]/edit": "class-lists/{id}",
  "/join/[token]": "links/{token}",
  "/meetings/[id]": "meetings/{id}",
  "/people/[id]": "people/{id}",
  "/rooms/[id]": "rooms/{id}",
  "/shared/[token]": "shared/{token}",
  "/sources/[id]": "sources/{id}",
  "/statements/[id]": "statements/{id}",
  "/wallboard/[token]": "wallboards/{token}",
};

/** Pages of links: what they show is whoever holds the link’s to see, whatever else they may. */
export const OF_LINKS: readonly string[] = [
  "/join/[token]",
  "/shared/[token]",
  "/statements/[id]",
  "/wallboard/[token]",
];

/** Pages for whoever comes by. */
export const OPEN: readonly string[] = [...OF_LINKS, "/sign-in"];

/** All texts in what a page returns, whatever holds them. */
function textsIn(value: unknown, seen = new Set<object>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const own = value instanceof Map ? [...value.entries()] : Object.values(value);
  return own.flatMap((one) => textsIn(one, seen));
}

/** What a page comes to: the texts in it, or nothing but its status. */
interface Drawn {
  status: number;
  texts: string[];
}

/** Draws a page as in `server/showing.ts`, for who was admitted to it. */
export async function drawn(
  { draw }: SightPage,
  { id, query }: { id: string | null; query: Record<string, string> },
  caller: Caller | null,
  headers: Record<string, string> = {},
): Promise<Drawn> {
  const params = Promise.resolve<Record<string, string>>(id === null ? {} : { id, token: id });
  const props = { params, searchParams: Promise.resolve(query), children: null };
  const all = async () => {
    const texts: string[] = [];
    for (const one of draw) texts.push(...textsIn(await one(props)));
    return texts;
  };
  try {
    const texts = await withViewer({ url: "/", headers }, caller, () =>
      caller === null ? all() : seeing(caller.sight, all),
    );
    return { status: 200, texts };
  } catch (error) {
    const digest: unknown = Reflect.get(Object(error), "digest");
    const [, status] = /^NEXT_\w+;(?:.*;)?(\d{3})(?:;|$)/.exec(String(digest)) ?? [];
    if (status === undefined) throw error;
    return { status: Number(status), texts: [] };
  }
}
