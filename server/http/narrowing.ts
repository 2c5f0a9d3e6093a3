import type { Narrowed } from "#domain/lists/narrowing.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { AskedParams } from "./asked.ts";
import { wholeNumber } from "./query.ts";

export const LONGEST_MS = 999_999_999_999;

/** The parameters by which a page's list can be narrowed. */
type Field = "source" | "room" | "q" | "min_duration_ms";

/** What a page's list is narrowed to besides its days; only by the given fields. */
export function narrowedIn(asked: AskedParams, fields: readonly Field[]): Narrowed {
  const textOf = (name: Field) => (fields.includes(name) ? asked.text(name) : null);
  return {
    source: textOf("source"),
    room: textOf("room"),
    q: textOf("q"),
    minDurationMs: fields.includes("min_duration_ms") ? minDurationOf(asked) : null,
  };
}

/** `null` for any length. */
function minDurationOf(asked: AskedParams): Ms | null {
  const name = "min_duration_ms";
  const ms = asked.read(
    name,
    (text) => wholeNumber(text, name, LONGEST_MS),
    "Meetings of any length count.",
  );
  return ms === 0 ? null : ms;
}

/** The cursor in a page's address, as `read` reads it; `null` for the first page. */
export function cursorAsked<Position>(
  asked: AskedParams,
  read: (text: string) => Position | null,
): Position | null {
  return asked.read("cursor", read, "The first page is shown.");
}
