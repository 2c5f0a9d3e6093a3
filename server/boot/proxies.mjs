import { existsSync } from "node:fs";
import { installDebians } from "./debian.mjs";

/** The programs by which the examples of proxies are tested, each where Debian has it. */
const PROGRAMS = {
  caddy: "/usr/bin/caddy",
  nginx: "/usr/sbin/nginx",
  openssl: "/usr/bin/openssl",
};

/** The path of one of these programs; `null` where this machine does not have it. @param {keyof typeof PROGRAMS} name */
export function findProgram(name) {
  return existsSync(PROGRAMS[name]) ? PROGRAMS[name] : null;
}

/** Installs what is missing, but not where a system would start it: it would take the ports of others. */
export async function ensureProxies() {
  const missing = Object.keys(PROGRAMS).filter((name) => findProgram(name) === null);
  if (missing.length === 0 || existsSync("/run/systemd/system")) return;
  await installDebians("what the examples of proxies need", missing);
}
