import type { MeetingEvent } from "#domain/event/event.ts";
import type { PersonIdentity } from "#domain/identity/person-identity.ts";
import type { Tenure } from "#domain/meeting/host.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { MeetingTally } from "#domain/meeting/tally.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Visit } from "#domain/participant/participant.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * What is kept: the facts in their places, and what was told of them.
 */

/** Where meetings happen. */
export interface Room {
  id: number;
  sourceId: string;
  key: string;
  title: string | null;
  /** When that happened of which the title was told. */
  titledAt: Ms | null;
  /** The latest meeting by time. */
  currentMeetingId: string | null;
  /** Until then a join may turn out to be the admission of somebody who waited for an earlier meeting. */
  unresolvedUntil: Ms | null;
  /** Until then a join may turn out to be the return of somebody who gave up waiting earlier that day. */
  lostUntil: Ms | null;
  /** When what was held of its people was erased; nothing is told of it any more. */
  erasedAt: Ms | null;
}

/** What of a room follows from its meetings. */
export type RoomState = Pick<Room, "id" | "currentMeetingId" | "unresolvedUntil" | "lostUntil">;

/** A meeting: where it is filed, how far its events go, and its numbers. */
export interface MeetingState {
  id: string;
  roomId: number;
  sourceId: string;
  seq: number;
  tally: MeetingTally;
}

/** An event in its place: the meeting, its `seq` there, and whom it is about. */
export interface RecordedEvent {
  meetingId: string;
  seq: number;
  personId: string | null;
  deliveryId: number | null;
  event: MeetingEvent;
}

/** One person in one meeting. Equal stories give equal attendances. */
export interface AttendanceState
  extends Pick<PersonView, "identifiedBy" | "name" | "userId" | "isNoteTaker" | "status"> {
  meetingId: string;
  personId: string;
  nameKey: string | null;
  /** Others were there at the same time under this user id. */
  userIdShared: boolean;
  /** Who they are over all meetings of the source; `null` for a guest without a name, and for a note-taker. */
  identity: string | null;
  participantIds: string[];
  isHost: boolean;
  /** Whether the provider ever said that they are host, or that they are not. */
  hostSaid: boolean;
  /** The first moment they are known of, knocking or in. */
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
  /** Host until then; `null` while host, and for whoever never was. */
  hostedUntil: Ms | null;
  visits: Visit[];
  waits: Wait[];
  tenures: Tenure[];
}

export type PersonKey = Pick<AttendanceState, "meetingId" | "personId">;

/** A stay in the waiting room, with what names whose it was. */
export interface WaitState extends Omit<Wait, "overBy" | "ruling"> {
  meetingId: string;
  roomId: number;
  personId: string;
  identity: string | null;
  name: string | null;
}

export type WaitKey = Pick<WaitState, "meetingId" | "participantId" | "startedAt">;

/** The meeting of an attendance, and what says who is who over the meetings of its source. */
export interface MeetingOfSource {
  id: string;
  sourceId: string;
  rules: Pick<Rules, "userIdsLast" | "graceMs">;
}

/** Gives out the names of what is kept. */
export interface Ids {
  /** A name that nothing has, later in order than those before. */
  fresh(): string;
  /** The name of whoever is known so to a source: always the same. */
  person(sourceId: string, identity: PersonIdentity): string;
}
