import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { MeetingView } from "./meeting.ts";
import type { PersonView } from "./person-view.ts";
import type { Wait } from "./wait.ts";

/** The fields of a meeting's view that a page shows and that can turn out wrong. */
export type ShownMeeting = Pick<MeetingView, "people" | "noteTakers" | "endedAt">;

/** A person as a page shows them, and since when it has shown what about them. */
export interface ShownPerson {
  view: PersonView;
  /** Since when each claim about them has been shown, by `visitClaim` and `waitClaim`. */
  since: ReadonlyMap<string, Ms>;
}

/** What a page shows of a meeting, and since when. */
export interface ShownClaims {
  /** When the page was first shown. */
  from: Ms;
  /** By participant id; connections of one person share the object. */
  people: ReadonlyMap<string, ShownPerson>;
  /** Since when each connection has been shown as part of the person it is part of. */
  together: ReadonlyMap<string, Ms>;
  endedAt: { value: Ms | null; since: Ms };
}

export function visitClaim({ participantId, joinedAt, leftAt, end }: Visit): string {
  return `visit ${participantId} ${joinedAt} ${leftAt} ${end}`;
}

export function waitClaim({ participantId, startedAt, outcome }: Wait): string {
  return `wait ${participantId} ${startedAt} ${outcome}`;
}

/** What a page shows from a moment on: unchanged claims keep their earlier time, all others are new. */
export function claimsShownNow(
  view: ShownMeeting,
  at: Ms,
  before: ShownClaims | null,
): ShownClaims {
  const people = new Map<string, ShownPerson>();
  const together = new Map<string, Ms>();
  for (const person of [...view.people, ...view.noteTakers]) {
    const [first = ""] = person.participantIds;
    const previous = before?.people.get(first);
    const shown =
      previous?.view === person ? previous : { view: person, since: sinceOf(person, at, before) };
    for (const id of person.participantIds) {
      people.set(id, shown);
      const isSame = shown === previous || isShownAlike(id, person, before);
      together.set(id, (isSame ? before?.together.get(id) : undefined) ?? at);
    }
  }
  const { endedAt } = view;
  const isEndSame = before?.endedAt.value === endedAt;
  return {
    from: before?.from ?? at,
    people,
    together,
    endedAt: isEndSame ? before.endedAt : { value: endedAt, since: at },
  };
}

function sinceOf(
  { visits, waits, participantIds }: PersonView,
  at: Ms,
  before: ShownClaims | null,
) {
  const claims = [...visits.map(visitClaim), ...waits.map(waitClaim)];
  const shownSince = new Map<string, Ms>();
  for (const shownPerson of new Set(participantIds.map((id) => before?.people.get(id)))) {
    for (const [claim, since] of shownPerson?.since ?? []) shownSince.set(claim, since);
  }
  return new Map(claims.map((claim) => [claim, shownSince.get(claim) ?? at]));
}

/** Whether the same previously shown connections are with a connection as before. */
function isShownAlike(
  id: string,
  { participantIds }: PersonView,
  before: ShownClaims | null,
): boolean {
  const then = before?.people.get(id)?.view.participantIds ?? [];
  const now = participantIds.filter((other) => before?.people.has(other));
  return then.length === now.length && then.every((other) => now.includes(other));
}
