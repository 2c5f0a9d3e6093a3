import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";

/*
 * What stands in the place of an erased person. Each of their names and ids has one pseudonym, the same everywhere:
 * so two events that were of one person, one name or one connection still are, and every number stays.
 */

/** What a pseudonym stands for. */
export const PSEUDONYM_KINDS = ["user", "name", "connection"] as const;
export type PseudonymKind = (typeof PSEUDONYM_KINDS)[number];

/** What the pseudonyms of connections are like, also as PostgreSQL reads it. */
export const PSEUDONYM_OF_CONNECTION = "^erased-[0-9]+-c[0-9]+$";

/** Whether a connection is of somebody who is erased. */
export function isPseudonym(participantId: string): boolean {
  return new RegExp(PSEUDONYM_OF_CONNECTION).test(participantId);
}

/**
 * The `nth` pseudonym of a kind, of the erased person with a number. A name that names nobody, as of a device, is
 * replaced by one that names nobody either: by such a name alone two connections are never one person. That of a
 * note-taker is replaced by one that is known as a note-taker's.
 */
export function pseudonymOf(
  kind: PseudonymKind,
  number: number,
  nth: number,
  value = "",
  isNoteTaker = false,
): string {
  const further = nth === 1 ? "" : ` (${nth})`;
  switch (kind) {
    case "name":
      if (isNoteTaker) return `Erased notetaker ${number}${further}`;
      return namesNobody(value)
        ? `Guest *${number}*${further}`
        : `Erased person ${number}${further}`;
    case "user":
      return nth === 1 ? `erased-${number}` : `erased-${number}-${nth}`;
    case "connection":
      // Of one length, because events of one moment are told apart by the order of these.
      return `erased-${number}-c${String(nth).padStart(6, "0")}`;
    default:
      return kind satisfies never;
  }
}

/** The pseudonyms that count in one meeting. */
export interface Renaming {
  userIds: ReadonlyMap<string, string>;
  /** By the folded name. */
  names: ReadonlyMap<string, string>;
  /** The person's connections in the meeting. */
  connections: ReadonlyMap<string, string>;
  /** Whether a user id is theirs wherever it stands, and not on their own connections alone. */
  userIdsLast: boolean;
}

/** An event with pseudonyms in the place of a person; the same object where it does not name them. */
export function renamed(event: MeetingEvent, to: Renaming): MeetingEvent {
  if (isAboutParticipant(event)) {
    const own = to.connections.get(event.participantId);
    const isOwn = own !== undefined;
    const userId =
      event.userId !== null && (isOwn || to.userIdsLast) ? to.userIds.get(event.userId) : undefined;
    if (!isOwn && userId === undefined) return event;
    return {
      ...event,
      participantId: own ?? event.participantId,
      userId: userId ?? event.userId,
      name: isOwn ? renamedName(event.name, to.names) : event.name,
    };
  }
  switch (event.type) {
    case "identity_ruled": {
      const map = (id: string) => to.connections.get(id) ?? id;
      const [participantIds, apartFrom] = [event.participantIds.map(map), event.apartFrom.map(map)];
      const isSame =
        participantIds.every((id, index) => id === event.participantIds[index]) &&
        apartFrom.every((id, index) => id === event.apartFrom[index]);
      return isSame ? event : { ...event, participantIds, apartFrom };
    }
    case "observer_left": {
      const by = event.by === undefined ? undefined : to.names.get(foldName(event.by) ?? "");
      return by === undefined ? event : { ...event, by };
    }
    case "meeting_started":
    case "meeting_ended":
    case "observer_joined":
    case "data_deleted":
    case "meeting_ruled":
    case "observer_ruled":
      return event;
    default:
      return event satisfies never;
  }
}

/** What stands in the place of everybody in one meeting. */
export interface Everybody {
  /** Of a connection; `null` for one that has a pseudonym already. */
  of: (participantId: string) => {
    connection: string | undefined;
    users: ReadonlyMap<string, string>;
    /** By the folded name. */
    names: ReadonlyMap<string, string>;
  } | null;
  /** Of a folded name that no connection has. */
  byName: (name: string) => string | null;
}

/** An event with pseudonyms in the place of everybody; the same object where it names nobody who has none yet. */
export function renamedAmong(event: MeetingEvent, { of, byName }: Everybody): MeetingEvent {
  if (isAboutParticipant(event)) {
    const own = of(event.participantId);
    if (own === null) return event;
    const { userId } = event;
    return {
      ...event,
      participantId: own.connection ?? event.participantId,
      userId: userId === null ? null : (own.users.get(userId) ?? userId),
      name: renamedName(event.name, own.names),
    };
  }
  if (event.type === "identity_ruled") {
    const connections = new Map(
      [...event.participantIds, ...event.apartFrom].flatMap((id) => {
        const pseudonym = of(id)?.connection;
        return pseudonym === undefined ? [] : [[id, pseudonym] as const];
      }),
    );
    const none = new Map<string, string>();
    return renamed(event, { userIds: none, names: none, connections, userIdsLast: false });
  }
  if (event.type === "observer_left" && event.by !== undefined) {
    const by = byName(foldName(event.by) ?? "");
    return by === null ? event : { ...event, by };
  }
  return event;
}

/** A name without anything readable stays one. */
function renamedName(name: string | null, names: Renaming["names"]): string | null {
  if (name === null) return null;
  const folded = foldName(name);
  return folded === null ? "" : (names.get(folded) ?? null);
}
