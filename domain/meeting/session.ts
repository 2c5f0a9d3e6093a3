import type { MeetingEnded, MeetingEvent, MeetingStarted } from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A start or an end that the provider reported. */
export type Bound = Pick<MeetingStarted, "at" | "providerMeetingId">;

/** An interval in which the provider reports that its meeting went on. */
interface Session {
  from: Ms;
  to: Ms;
}

/**
 * The provider's meetings: start and end, paired where their ids agree. One without an end goes on until
 * another ends or shortly before another begins, but no longer than the silence limit: the person who began
 * it is in, with or without a report.
 */
export function sessionsOf(
  events: readonly MeetingEvent[],
  { silenceMs, emptyGapMs }: Pick<Rules, "silenceMs" | "emptyGapMs">,
): Session[] {
  const starts = events.filter(
    (event): event is MeetingStarted => event.type === "meeting_started",
  );
  const ends = events.filter((event): event is MeetingEnded => event.type === "meeting_ended");
  const begun = new Map<string, Ms>();
  const sessions: Session[] = [];
  for (const start of starts) {
    const { at, providerMeetingId: id } = start;
    if (id !== null) begun.set(id, Math.min(begun.get(id) ?? Infinity, at));
    const over = first(ends.filter((end) => isEndOf(end, at, id)));
    const next = first(
      starts.filter((other) => other.at > at && (id === null || other.providerMeetingId !== id)),
    );
    const until = Math.min(
      at + (silenceMs ?? 0),
      over ?? Infinity,
      (next ?? Infinity) - emptyGapMs - 1,
    );
    sessions.push({ from: at, to: Math.max(at, until) });
  }
  for (const { at, startedAt, providerMeetingId: id } of ends) {
    const counterpart = id === null ? undefined : begun.get(id);
    sessions.push({ from: Math.min(at, counterpart ?? at, startedAt ?? at), to: at });
  }
  return sessions;
}

/** Whether a meeting that the provider began has no end after it, also where it began again. */
export function isUnended({ at, providerMeetingId: id }: Bound, ends: readonly Bound[]): boolean {
  return !ends.some((end) => isEndOf(end, at, id));
}

function isEndOf(end: Bound, at: Ms, id: string | null): boolean {
  return end.at > at || (end.at === at && !isOther(end, id));
}

/** Whether an end belongs to another meeting, which then gave way to this one. */
function isOther({ providerMeetingId }: Bound, id: string | null): boolean {
  return id !== null && providerMeetingId !== null && providerMeetingId !== id;
}

function first(events: readonly { at: Ms }[]): Ms | null {
  return events.length === 0 ? null : Math.min(...events.map(({ at }) => at));
}
