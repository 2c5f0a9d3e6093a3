import type { AttendeeFound, Matched } from "#domain/history/matched.ts";

const HOW: Record<Matched["as"], string> = {
  former_name: "former name",
  joined: "joined by hand",
  user_id: "user id",
};

/** By what a search found somebody, in a line. */
export function matchedWords({ name, as }: Matched): string {
  return `matched: ${name} (${HOW[as]})`;
}

/** Whom of a meeting a search found, in a line. */
export function attendeeWords({ person, otherName }: AttendeeFound): string {
  const called = person ?? "somebody";
  return otherName === null
    ? `matched: ${called}`
    : `matched: ${otherName} (other name of ${called})`;
}
