import { earliest, type ParticipantEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PseudonymKind } from "./pseudonyms.ts";

/** A name or an id that an erased person had. */
export interface KnownErased {
  number: number;
  /** It makes somebody that person by itself. */
  isIdentity: boolean;
  until: Ms;
}

export type FindErased = (kind: PseudonymKind, value: string) => readonly KnownErased[];

/**
 * The number of the erased person whom an event is about that is reported after their erasure; `null` for nobody
 * erased. What happened after the erasure is of somebody new, but for what a connection still reports that was open
 * then. A user id, or for a guest the name, makes somebody the erased person; a connection does where nothing in the
 * event names another person.
 */
export function erasedIn(
  event: ParticipantEvent,
  find: FindErased,
  userIdsLast: boolean,
): KnownErased | null {
  const at = earliest(event);
  const name = foldName(event.name);
  const users = event.userId === null ? [] : find("user", event.userId);
  const names = name === null ? [] : find("name", name);
  const isInTime = ({ until }: KnownErased) => at <= until;
  const identities = userIdsLast && event.userId !== null ? users : names;
  const isTheirs = (known: readonly KnownErased[], number: number) =>
    known.some((one) => one.number === number);
  return (
    identities.find((one) => one.isIdentity && isInTime(one)) ??
    find("connection", event.participantId).find(
      (one) =>
        isInTime(one) &&
        (event.userId === null || isTheirs(users, one.number)) &&
        (name === null || isTheirs(names, one.number)),
    ) ??
    null
  );
}
