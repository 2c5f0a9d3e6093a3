import type { MeetingEvent } from "#domain/event/event.ts";
import type { PersonIdentity } from "#domain/identity/person-identity.ts";
import type { Tenure } from "#domain/meeting/host.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { MeetingTally } from "#domain/meeting/tally.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";

/* The stored rows: events in their meetings, and the projections of them. */

/** Where meetings happen. */
export interface Room {
  id: number;
  sourceId: string;
  key: string;
  /** What it is called, from whatever that comes. */
  title: string | null;
  /** The title that an operator entered. */
  givenTitle: string | null;
  /** The title that the provider reported last, and the time of that event. */
  reportedTitle: string | null;
  titledAt: Ms | null;
  /** The latest meeting by time. */
  currentMeetingId: string | null;
  /** Until then a join may turn out to be the admission of a person who waited for an earlier meeting. */
  unresolvedUntil: Ms | null;
  /** Until then a join may turn out to be the return of a person who gave up waiting earlier that day. */
  lostUntil: Ms | null;
  /** When the data of its people was erased; nothing is projected for it any more. */
  erasedAt: Ms | null;
  /** Where its meeting is held; `null` where nobody said. */
  place: string | null;
  /** The rooms of other observers whose meetings are in this one. */
  others: readonly OtherRoom[];
}

/** A room whose meeting is in another one, because its observer watched the same. */
export interface OtherRoom {
  id: number;
  key: string;
}

/** The columns of a room that follow from its meetings. */
export type RoomState = Pick<Room, "id" | "currentMeetingId" | "unresolvedUntil" | "lostUntil">;

/** A meeting: its room, its last `seq`, and its numbers. */
export interface MeetingState {
  id: string;
  roomId: number;
  sourceId: string;
  seq: number;
  tally: MeetingTally;
}

/** An event in its meeting, with its `seq` there and the person it is about. */
export interface RecordedEvent {
  meetingId: string;
  seq: number;
  personId: string | null;
  deliveryId: number | null;
  event: MeetingEvent;
}

/** One person in one meeting. Equal views give equal attendances. */
export interface AttendanceState
  extends Pick<PersonView, "identifiedBy" | "name" | "userId" | "isNoteTaker" | "status"> {
  meetingId: string;
  personId: string;
  nameKey: string | null;
  /** Other people used this user id at the same time. */
  userIdShared: boolean;
  /** Who they are over all meetings of the source; `null` for a guest without a name, and for a note-taker. */
  identity: string | null;
  participantIds: string[];
  isHost: boolean;
  /** Whether the provider ever reported that they are host, or that they are not. */
  hostSaid: boolean;
  /** The first moment they appear, knocking or in. */
  firstAt: Ms | null;
  firstJoinedAt: Ms | null;
  lastLeftAt: Ms | null;
  /** Attended after the grace, up to the last closed end; from `openSince` on comes on top. */
  attendedMs: Ms;
  openSince: Ms | null;
  /** What they may have attended on top, and until when at the latest. */
  unknownMs: Ms;
  leftBy: Ms | null;
  waitCount: number;
  admittedCount: number;
  admittedMs: Ms;
  /** Host until then; `null` while host, and for a person who never was. */
  hostedUntil: Ms | null;
  visits: Visit[];
  waits: Wait[];
  tenures: Tenure[];
}

export type PersonKey = Pick<AttendanceState, "meetingId" | "personId">;

/** A stay in the waiting room, with its person's identity. */
export interface WaitState extends Omit<Wait, "overBy" | "ruling"> {
  meetingId: string;
  roomId: number;
  personId: string;
  identity: string | null;
  name: string | null;
  /** An operator entered its end. */
  endEntered: boolean;
}

export type WaitKey = Pick<WaitState, "meetingId" | "participantId" | "startedAt">;

/** The meeting of an attendance, and the rules for identity over the meetings of its source. */
export interface MeetingOfSource {
  id: string;
  sourceId: string;
  rules: Pick<Rules, "userIdsLast" | "graceMs">;
}

/** Assigns the ids of stored rows. */
export interface Ids {
  /** A new id, later in sort order than those before. */
  fresh(): string;
  /** The id of the person with this identity in a source: always the same. */
  person(sourceId: string, identity: PersonIdentity): string;
}
