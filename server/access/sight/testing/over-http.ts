import type { AddressedOperation } from "#server/http/openapi/testing/document.ts";
import { type bodiesOf, type Thing, tripleOf } from "./asking.ts";
import type { SightCaller } from "./callers.ts";
import { allowedStatuses, pageStatus } from "./expected.ts";
import type { Front } from "./front.ts";
import { OF_LINKS, PARTS, type SightPage } from "./pages.ts";
import type { SightWorld } from "./world-kinds.ts";

/** The world to ask about, and the server that is asked. */
export interface AskedWorld {
  world: SightWorld;
  front: Front;
  things: Readonly<Record<string, readonly Thing[]>>;
  bodies: ReturnType<typeof bodiesOf>;
}

type Pick = <T>(all: readonly T[]) => T;

/** What came of asking: all that was answered, and what the question had in it already. */
export interface Answered {
  told: string;
  status: number | string;
  allowed: readonly (number | string)[];
  text: string;
  question: string;
  /** Whether the answer is for whoever has its address, whatever else they may see. */
  isOpen: boolean;
}

/** What changes something that others see. */
const WRITING = new Set<string>(["write", "deliver", "manage", "owner"]);

/**
 * Asks an operation of the API about anything. `null` where the caller may do just that, and it would change what others
 * ask about after this.
 */
export async function askOperation(
  { world, front, ...known }: AskedWorld,
  operation: AddressedOperation,
  caller: SightCaller,
  pick: Pick,
): Promise<Answered | null> {
  const one = tripleOf(world, operation, known, pick);
  const { address, body } = one;
  const allowed = allowedStatuses(one, caller);
  const isSeen = [...one.things, ...one.written].every((thing) => thing.isSeen(caller.sight));
  const isRefused = allowed.includes(401) || allowed[0] === 403;
  const isWriting = operation.method !== "GET" && WRITING.has(operation.who);
  if (isWriting && isSeen && !isRefused) return null;
  const type = operation.path.endsWith("/rosters/read") ? "text/plain" : "application/json";
  const answer = await fetch(front.url + address, {
    method: operation.method,
    headers: { ...caller.headers, ...(body !== null && { "content-type": type }) },
    redirect: "manual",
    ...(body !== null && { body }),
  });
  return {
    told: `${operation.method} ${address} ${body ?? ""}`,
    ...{ status: answer.status, allowed, text: await textOf(answer) },
    question: `${decodeURIComponent(address)} ${body ?? ""}`,
    isOpen: operation.who === "anybody",
  };
}

/** Opens a page of anything, or searches in it. */
export async function askPage(
  { world, front, things }: AskedWorld,
  { path }: SightPage,
  caller: SightCaller,
  pick: Pick,
): Promise<Answered> {
  const part = PARTS[path];
  if (part === undefined && path.includes("[")) throw new Error(`what ${path} may be is not known`);
  const thing = part === undefined ? null : pick(things[part] ?? []);
  const address = path.replace(/\[\w+\]/, encodeURIComponent(thing?.id ?? ""));
  const query = new URLSearchParams(pick([[], [["from", "2026-11-01"]]]));
  if (pick([true, false])) query.set("q", pick(pick(world.names).split(" ")));
  const answer = await fetch(`${front.url}${address}?${query}`, {
    headers: caller.headers,
    redirect: "manual",
  });
  return {
    told: `page ${address}?${query}`,
    ...{ status: answer.status, allowed: [pageStatus(path, thing, caller)] },
    text: await textOf(answer),
    question: `${decodeURIComponent(address)} ${query}`,
    isOpen: OF_LINKS.includes(path),
  };
}

/** What is answered in all: also where it leads on, what is kept of it, and by which name it is. */
async function textOf(answer: Response): Promise<string> {
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
  return `${lines.join("\n")}\n${await answer.text()}`;
}
