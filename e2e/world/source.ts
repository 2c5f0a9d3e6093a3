import { randomBytes } from "node:crypto";
import { rollcall } from "./command.ts";
import type { Source } from "./http.ts";

/** A new source of a provider, and where its webhooks go. */
export async function addSource(
  dataDir: string,
  baseUrl: string,
  provider: string,
): Promise<Source> {
  const name = provider === "daily" ? "Clinic" : "Sales";
  const args = ["--provider", provider, "--name", name];
  // Attendee signs with a secret of its own.
  if (provider === "attendee") args.push("--secret", randomBytes(32).toString("base64"));
  const added = await rollcall(dataDir, "source", "add", ...args);
  return { baseUrl, path: textIn(added, "webhook_path"), secret: textIn(added, "secret") };
}

/** The text that a command printed under a name. */
export function textIn(printed: unknown, name: string): string {
  const value = Object.entries(printed ?? {}).find(([key]) => key === name)?.[1];
  if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(printed)}`);
  return value;
}
