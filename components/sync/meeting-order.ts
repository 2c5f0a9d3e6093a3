import type { LiveMeeting } from "#domain/live/wire.ts";
import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

export function titleOf(meeting: Pick<LiveMeeting, "title" | "room">): string {
  return meeting.title ?? meeting.room;
}

export function isInProgress(meeting: LiveMeeting): boolean {
  return meeting.status !== "ended";
}

/** People are in the meeting and no host is, so that no one can be admitted. */
export function isWithoutHost(meeting: LiveMeeting): boolean {
  return isInProgress(meeting) && meeting.hostless_since !== null;
}

/** A person waits and no host is there to admit them. */
export function isAlarm(meeting: LiveMeeting): boolean {
  return isWithoutHost(meeting) && meeting.waiting_count > 0;
}

/** In progress, or ended so short a time ago that it may yet go on. */
export function isOnLivePage(meeting: LiveMeeting, now: Ms): boolean {
  if (isInProgress(meeting)) return true;
  return meeting.ended_at !== null && now - fromWireTime(meeting.ended_at) <= DEFAULT_EMPTY_GAP_MS;
}
