import type { About, MeetingEvent } from "#domain/event/event.ts";
import type {
  Actor,
  AttendeeGathering,
  DailyGathering,
  Gathering,
  PlottedKnock,
  PlottedStay,
  Session,
} from "#server/demo/simulate/plot/gathering.ts";

/**
 * The events of a gathering, in no order: the same as those that its provider's webhooks are read as.
 */
export function factsOf(gathering: Gathering): MeetingEvent[] {
  switch (gathering.provider) {
    case "daily":
      return ofDaily(gathering);
    case "attendee":
      return ofAttendee(gathering);
    default:
      return gathering satisfies never;
  }
}

function ofDaily({ actors, sessions }: DailyGathering): MeetingEvent[] {
  return [
    ...sessions.flatMap(ofSession),
    ...actors.flatMap((actor) => [
      ...actor.knocks.flatMap((knock) => ofKnock(actor, knock)),
      ...actor.stays.flatMap((stay) => ofDailyStay(actor, stay)),
    ]),
  ];
}

function ofSession({ id: providerMeetingId, from, to }: Session): MeetingEvent[] {
  const started: MeetingEvent = { type: "meeting_started", at: from, providerMeetingId };
  if (to === null) return [started];
  // Daily cuts the repeated start to a whole second.
  const startedAt = Math.floor(from / 1000) * 1000;
  return [started, { type: "meeting_ended", at: to, startedAt, providerMeetingId }];
}

function ofKnock(
  actor: Actor,
  { connection, from, toldAt: reportedAt }: PlottedKnock,
): MeetingEvent[] {
  const who = aboutOf(actor, connection, false);
  const knocked: MeetingEvent = { type: "knocked", at: from, ...who };
  if (reportedAt === null) return [knocked];
  return [knocked, { type: "stopped_waiting", at: reportedAt, startedAt: from, ...who }];
}

/** Daily states once for a connection whether it is an owner's. */
function ofDailyStay(
  actor: Actor,
  { connection, from, to, hostAtFirst }: PlottedStay,
): MeetingEvent[] {
  const who = aboutOf(actor, connection, hostAtFirst);
  const joined: MeetingEvent = { type: "joined", at: from, ...who };
  return to === null ? [joined] : [joined, { type: "left", at: to, joinedAt: from, ...who }];
}

function ofAttendee({ actors, bot }: AttendeeGathering): MeetingEvent[] {
  const { comesAt, goesAt, goes, processedAt } = bot;
  const events: MeetingEvent[] = [
    { type: "observer_joined", at: comesAt },
    ...actors.flatMap((actor) => actor.stays.flatMap((stay) => ofAttendeeStay(actor, stay))),
  ];
  if (goesAt === null) return events;
  const isFatal = goes === "fatal_error";
  const reason = isFatal ? "fatal_error/attendee_internal_error" : goes;
  // A bot that is asked to leave was inside, and its state does not show it.
  const outside = goes === "left_meeting" ? {} : { outside: false };
  events.push({ type: "observer_left", at: goesAt, reason, ...outside });
  if (processedAt !== null && !isFatal) {
    events.push({ type: "observer_left", at: processedAt, reason: "post_processing_completed" });
  }
  return events;
}

function ofAttendeeStay(actor: Actor, stay: PlottedStay): MeetingEvent[] {
  const { connection, from, to, told: isReported, hostAtFirst, hostAtLast } = stay;
  const joined: MeetingEvent = {
    type: "joined",
    at: from,
    ...aboutOf(actor, connection, hostAtFirst),
  };
  if (to === null || !isReported) return [joined];
  const who = aboutOf(actor, connection, hostAtLast);
  return [joined, { type: "left", at: to, joinedAt: null, ...who }];
}

function aboutOf({ name, userId }: Actor, participantId: string, isHost: boolean): About {
  return { participantId, userId, name, isHost };
}
