import type { AttendeeFound } from "#domain/meetings/attendee-found.ts";
import type { Matched } from "#domain/people/people.ts";
import { userIdName } from "./user-id-words.ts";

const HOW: Record<Matched["as"], (name: string) => string> = {
  former_name: () => "former name",
  joined: () => "joined by hand",
  user_id: userIdName,
};

/** By which text a search found a person, in a line. */
export function matchedWords({ name, as }: Matched): string {
  return `matched: ${name} (${HOW[as](name)})`;
}

/** The person of a meeting whom a search found, in a line. */
export function attendeeWords({ person, otherName }: AttendeeFound): string {
  const called = person ?? "somebody";
  return otherName === null
    ? `matched: ${called}`
    : `matched: ${otherName} (other name of ${called})`;
}
