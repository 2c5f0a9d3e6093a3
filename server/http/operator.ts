import { z } from "zod";
import type { Caller } from "#server/gate/caller.ts";

const NAME_LENGTH = 100;
const NOBODY = "somebody at this machine";

/** The name that somebody at a browser gives with what they say. */
export const operatorName = z.string().trim().max(NAME_LENGTH).optional();

/** Who says something: a key's own name; of somebody at a browser the one they gave. */
export function signed(caller: Caller, name: string | null | undefined): string {
  return caller.kind === "key" ? caller.name : name || NOBODY;
}
