import { readdirSync } from "node:fs";
import { join } from "node:path";

/** An address as the folders of `app` say it: its parts, those in brackets to be filled in. */
export type Route = readonly string[];

/** Every address there is: whatever has a `route.ts` or a `page.tsx`, and what is no folder of ours. */
export function routesIn(app: string): Route[] {
  const found: Route[] = [
    ["socket.io", ""],
    ["_next", "static", "[file]"],
    ["_next", "image"],
    ["icon.svg"],
  ];
  const walk = (folder: string, parts: Route) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        const isGroup = /^\(.*\)$/.test(entry.name);
        walk(join(folder, entry.name), isGroup ? parts : [...parts, entry.name]);
      } else if (entry.name === "route.ts" || entry.name === "page.tsx") {
        found.push(parts);
      }
    }
  };
  walk(app, []);
  return found;
}
