import { z } from "zod";
import type { Caller } from "#server/http/gate/caller.ts";

const NAME_LENGTH = 100;
const UNNAMED = "somebody at this machine";

/** The name that a person at a browser gives with what they enter. */
export const operatorName = z.string().trim().max(NAME_LENGTH).optional();

/** Who entered something: the name of the key or of the member, or the name that was given at this machine. */
export function operatorNameOf(caller: Caller, name: string | null | undefined): string {
  return caller.kind === "session" ? name || UNNAMED : caller.name;
}
