import { nullable, text, time } from "#domain/event/fields.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The meeting of the room before or after this one. */
export interface Neighbour {
  id: string;
  from: Ms;
  to: Ms | null;
}

export interface Neighbours {
  before: Neighbour | null;
  after: Neighbour | null;
}

const startedAt = nullable("started_at", time);
const endedAt = nullable("ended_at", time);

/**
 * Parses the neighbours of a meeting by the kinds by which it parses events. The page asks for them as it opens, and a
 * schema of zod would be a tenth of all its script. `null` for a neighbour without people.
 */
export const neighboursIn = {
  safeParse(
    json: unknown,
  ): { success: true; data: Neighbours } | { success: false; error: TypeError } {
    const [before, after] = [fieldOf(json, "before"), fieldOf(json, "after")].map(neighbourIn);
    if (before === undefined || after === undefined) {
      return { success: false, error: new TypeError("these are no neighbours of a meeting") };
    }
    return { success: true, data: { before, after } };
  },
};

/** `undefined` for what is none. */
function neighbourIn(row: unknown): Neighbour | null | undefined {
  if (row === null) return null;
  const id = text.read(fieldOf(row, "id"));
  const from = startedAt.read(fieldOf(row, "started_at"));
  const to = endedAt.read(fieldOf(row, "ended_at"));
  if (id === undefined || from === undefined || to === undefined) return undefined;
  return from === null ? null : { id, from, to };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
