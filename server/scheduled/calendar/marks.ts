import { createHash } from "node:crypto";
import type { ChosenEvent } from "#db/scheduled/calendar/calendar-events.ts";
import type { TakenMeeting } from "#db/scheduled/calendar/taking.ts";
import type { Roster } from "#db/scheduled/roster-rows.ts";
import { isEmail, LONGEST_EMAIL } from "#domain/identity/email.ts";
import type { Marks } from "#domain/scheduled/calendar/following.ts";
import { MOST_PEOPLE } from "#server/scheduled/reading/roster-line.ts";

const LONGEST = 300;

/** The title of a scheduled meeting as its calendar has it; `null` for none. */
export function titleOf({ name }: Pick<ChosenEvent, "name">): string | null {
  return inOneLine(name);
}

function inOneLine(text: string | null): string | null {
  return (
    text
      ?.replace(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, LONGEST) || null
  );
}

/** Whom a calendar invites, as a roster: each once. */
export function rosterOf({ invited }: Pick<ChosenEvent, "invited">): Roster {
  const roster = new Map<string, Roster[number]>();
  for (const one of invited) {
    const name = inOneLine(one.name);
    const given = one.email?.trim() ?? "";
    const email = given.length <= LONGEST_EMAIL && isEmail(given) ? given : null;
    const key = email?.toLowerCase() ?? name;
    if (key !== null && !roster.has(key) && roster.size < MOST_PEOPLE) {
      roster.set(key, { name, userId: null, email, role: one.role });
    }
  }
  return [...roster.values()];
}

/** What a calendar says, to be compared. */
export function marksOfEvent(event: ChosenEvent): Marks {
  return marksOf({
    ...{ title: titleOf(event), room: event.place ?? "", isCancelled: event.isCancelled },
    ...{ startsAt: event.startsAt, endsAt: event.endsAt, people: rosterOf(event) },
  });
}

/** What stands here, to be compared. */
export function marksOfTaken({ classListId, roster, cancelledAt, ...row }: TakenMeeting): Marks {
  const people = classListId ?? roster;
  return marksOf({ ...row, people, isCancelled: cancelledAt !== null });
}

function marksOf(of: {
  title: string | null;
  room: string;
  startsAt: number;
  endsAt: number;
  people: Roster | string;
  isCancelled: boolean;
}): Marks {
  const { people } = of;
  const listed =
    typeof people === "string"
      ? people
      : people.map(({ name, userId, email, role }) => [name, userId, email, role]);
  return {
    title: digest(of.title),
    times: `${of.startsAt} ${of.endsAt}`,
    place: of.room,
    people: digest(listed),
    cancelled: of.isCancelled ? "yes" : "no",
  };
}

/** A mark outlives an erasure, so it holds no name. */
function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
