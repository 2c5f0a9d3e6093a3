import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "#server/boot/project.mjs";

/** The names of the events of an interface of the wire, as its file lists them. */
export function eventsOf(name: "ClientToServer" | "ServerToClient"): string[] {
  const text = readFileSync(join(root, "domain/live/wire.ts"), "utf8");
  const body = text.slice(text.indexOf(`export interface ${name} {`));
  const own = body.slice(0, body.indexOf("\n}"));
  return [...own.matchAll(/^ {2}"?([\w:]+)"?: \(/gm)].map(([, event = ""]) => event).toSorted();
}
