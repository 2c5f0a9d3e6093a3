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

/**
 * The `nth` pseudonym of a kind, of the erased person with a number. A name that names nobody, as of a device, is
 * replaced by one that names nobody either: by such a name alone two connections are never one person.
 */
export function pseudonymOf(kind: PseudonymKind, number: number, nth: number, value = ""): string {
  const further = nth === 1 ? "" : ` (${nth})`;
  switch (kind) {
    case "name":
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

/** A name without anything readable stays one. */
function renamedName(name: string | null, names: Renaming["names"]): string | null {
  if (name === null) return null;
  const folded = foldName(name);
  return folded === null ? "" : (names.get(folded) ?? null);
}
