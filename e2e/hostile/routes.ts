import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FILED_LISTS } from "./documented.ts";

/** An address as the folders of `app` name it: its parts, those in brackets to be filled in. */
export type Route = readonly string[];

/** Every address there is: each folder with a `route.ts` or a `page.tsx`, and the addresses that are no folder. */
export function routesIn(app: string): Route[] {
  const found: Route[] = [
    ["socket.io", ""],
    ["_next", "static", "[file]"],
    ["_next", "image"],
    ["icon.svg"],
  ];
  walk(app, ["route.ts", "page.tsx"], found);
  return found.flatMap((parts) => [parts, ...filesOf(parts)]);
}

/** The lists and files that an address for files can be asked for, and some that it has not. */
function filesOf(parts: Route): Route[] {
  if (parts[0] !== "api" || parts.at(-1) !== "[file]") return [];
  const names = FILED_LISTS.flatMap((list) => [
    list,
    `${list}.csv`,
    `${list}.json`,
    `${list}.xlsx`,
  ]);
  return names.map((name) => [...parts.slice(0, -1), name]);
}

/** Every page for people. */
export function pagesIn(app: string): Route[] {
  const found: Route[] = [];
  walk(app, ["page.tsx"], found);
  return found;
}

function walk(app: string, files: readonly string[], found: Route[]): void {
  const look = (folder: string, parts: Route) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        const isGroup = /^\(.*\)$/.test(entry.name);
        look(join(folder, entry.name), isGroup ? parts : [...parts, entry.name]);
      } else if (files.includes(entry.name)) {
        found.push(parts);
      }
    }
  };
  look(app, []);
}
