import type { Visit } from "#domain/participant/participant.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { MeetingView } from "./meeting.ts";
import type { PersonView } from "./person-view.ts";
import type { Wait } from "./wait.ts";

/** What of a meeting's story stands on a page and can turn out to have been wrong. */
export type ShownMeeting = Pick<MeetingView, "people" | "noteTakers" | "endedAt">;

/** Somebody as a page shows them, and since when it has said what of them. */
export interface ShownPerson {
  story: PersonView;
  /** Since when each thing that is said of them has been said, by `visitClaim` and `waitClaim`. */
  since: ReadonlyMap<string, Ms>;
}

/** What a page says of a meeting, and since when. */
export interface ShownClaims {
  /** When the page began to say anything. */
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

/** What a page says from a moment on: what it said already is said since then, all else is new. */
export function claimsShownNow(
  view: ShownMeeting,
  at: Ms,
  before: ShownClaims | null,
): ShownClaims {
  const people = new Map<string, ShownPerson>();
  const together = new Map<string, Ms>();
  for (const person of [...view.people, ...view.noteTakers]) {
    const [first = ""] = person.participantIds;
    const known = before?.people.get(first);
    const said =
      known?.story === person ? known : { story: person, since: sinceOf(person, at, before) };
    for (const id of person.participantIds) {
      people.set(id, said);
      const isSame = said === known || isShownAlike(id, person, before);
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
  const known = new Map<string, Ms>();
  for (const said of new Set(participantIds.map((id) => before?.people.get(id)))) {
    for (const [claim, since] of said?.since ?? []) known.set(claim, since);
  }
  return new Map(claims.map((claim) => [claim, known.get(claim) ?? at]));
}

/** Whether of those that were shown before, the same ones are with a connection as were then. */
function isShownAlike(
  id: string,
  { participantIds }: PersonView,
  before: ShownClaims | null,
): boolean {
  const then = before?.people.get(id)?.story.participantIds ?? [];
  const now = participantIds.filter((other) => before?.people.has(other));
  return then.length === now.length && then.every((other) => now.includes(other));
}
