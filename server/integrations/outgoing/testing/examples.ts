import type { MeetingEvent } from "#domain/event/event.ts";
import { TRIGGERS, type Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import { noShowsOf } from "#domain/integrations/outgoing/no-show.ts";
import type { Occurrence, ToldMeeting } from "#domain/integrations/outgoing/occurrence.ts";
import {
  alertCleared,
  alertRaised,
  type ToldAlert,
} from "#domain/integrations/outgoing/of-alert.ts";
import { endpointPaused } from "#domain/integrations/outgoing/of-endpoint.ts";
import {
  meetingEnded,
  meetingStarted,
  occurrencesOfEvent,
} from "#domain/integrations/outgoing/of-events.ts";
import {
  attendanceTold,
  hostsChanged,
  meetingMerged,
  waitAdmitted,
} from "#domain/integrations/outgoing/of-meeting.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import { clock, joins, knocks, leaves, minutes, rules } from "#domain/testing/history.ts";

/* One occurrence of each trigger, as the code makes it: what the documents show. */

const SOURCE = "019aa000-0000-7000-8000-000000000001";
const MEETING = "019aa000-0000-7000-8000-0000000000aa";

const meeting: ToldMeeting = {
  id: MEETING,
  source: { id: SOURCE, provider: "daily", name: "Clinic" },
  roomId: "7",
  room: "ward-3",
  title: "Ward 3",
  providerIds: ["f2aa1ade-ff80-464c-b46e-50ffa577d48d"],
  isOnePerRoom: false,
  startedAt: clock("10:00"),
  endedAt: clock("10:40"),
};

const bot: ToldMeeting = {
  ...meeting,
  source: { id: SOURCE, provider: "attendee", name: "Sales" },
  room: "bot_abc123xyz",
  isOnePerRoom: true,
};

function told(
  of: ToldMeeting,
  event: MeetingEvent,
  metadata: Record<string, unknown> | null = null,
) {
  const given = { id: null, eventData: null, metadata };
  return occurrencesOfEvent(of, {
    event,
    deliveryId: 1,
    name: "4f9c2a6be01d7735",
    wasHost: null,
    given,
  });
}

const ada = { session: "c85f48f3-82ec-4648-b39c-edfce7acf062", user: "u-17" };
const events = [
  ...told(bot, joins("Ada", { session: "user_789", host: true })(clock("10:01")), {
    meeting_type: "sales_call",
  }),
  ...occurrencesOfEvent(bot, {
    event: {
      ...{ type: "updated", at: clock("10:05"), participantId: "user_789" },
      ...{ userId: null, name: "Ada", isHost: false },
    },
    deliveryId: 2,
    name: "9b1de27c3380aa54",
    wasHost: true,
    given: {
      id: "pe_9b1de27c3380aa54",
      eventData: { isHost: { before: true, after: false } },
      metadata: { meeting_type: "sales_call" },
    },
  }),
  ...told(meeting, joins("Ada", ada)(clock("10:01"))),
  ...told(meeting, leaves("Ada", { ...ada, joinedAt: "10:01" })(clock("10:31:14"))),
  ...told(meeting, knocks("Ada", ada)(clock("10:00:30"))),
  ...told(meeting, {
    ...{ type: "stopped_waiting", at: clock("10:00:44.403"), startedAt: clock("10:00:30") },
    ...{ participantId: ada.session, userId: null, name: "Bo", isHost: false },
  }),
];

const people = projectMeeting(
  minutes(["10:01", joins("Ada", ada)], ["10:31", leaves("Ada", ada)]),
  rules,
  clock("11:00"),
).people;

const attendance = (told: string) => ({
  id: MEETING,
  room: meeting.room,
  title: meeting.title,
  started_at: "2026-11-20T10:00:00.000Z",
  ended_at: told,
  people: people.map(({ id, name }) => ({ id, name })),
});

const scheduled = {
  ...{ id: "019aa000-0000-7000-8000-0000000000bb", source: meeting.source, room: meeting.room },
  ...{ roomTitle: meeting.title, title: "Round", startsAt: clock("10:00"), endsAt: clock("10:30") },
  ...{ timeZone: "Europe/Berlin", lateAfterMs: 300_000, verdictAfterMs: 300_000 },
  ...{
    classList: null,
    repeats: null,
    by: "ada",
    changedAt: 0,
    erasedAt: null,
    cancelledAt: null,
    isFromCalendar: false,
  },
};

const roster = (["host", "guest"] as const).map((role, index) => ({
  ...{ position: index + 1, name: index === 0 ? "Dr Cy" : "Bo", role },
  ...{ userId: null, email: null },
}));

const missed = noShowsOf(
  scheduled,
  expectedAttendanceOf(
    { times: scheduled, roster, aliases: [], seen: [], graceMs: 30_000 },
    clock("11:00"),
  ),
  true,
);

const alert: ToldAlert = {
  ...{ id: "019aa000-0000-7000-8000-0000000000dd", ruleName: "Somebody waits for 5 min" },
  ...{ ruleId: "019aa000-0000-7000-8000-0000000000de", kind: "waiting", deed: null },
  ...{ afterMs: 300_000, capacity: null, isUrgent: false, scheduledId: null },
  ...{ source: meeting.source, room: meeting.room, title: meeting.title, meetingId: MEETING },
  ...{ personId: "u:u-17", name: "Ada", since: clock("10:00"), raisedAt: clock("10:05") },
  ...{ acknowledgedAt: null, acknowledgedBy: null, overAt: null, overFor: null },
};

const all: readonly Occurrence[] = [
  ...events,
  meetingStarted(meeting, clock("10:00")),
  meetingEnded(meeting, clock("10:40")),
  waitAdmitted(meeting, {
    ...{ participantId: ada.session, personId: "u:u-17", name: "Ada" },
    ...{ startedAt: clock("10:00:30"), endedAt: clock("10:01") },
  }),
  ...hostsChanged(meeting, [
    {
      ...{ personId: "n:dr cy", name: "Dr Cy" },
      tenures: [{ from: clock("10:02"), to: null, inferred: false }],
    },
  ]),
  meetingMerged(meeting, "019aa000-0000-7000-8000-0000000000ab", clock("10:20")),
  ...[true, false].map((isFirst) =>
    attendanceTold(
      meeting,
      { digest: "", isFirst, attendance: attendance("2026-11-20T10:40:00.000Z") },
      clock(isFirst ? "10:50" : "11:20"),
    ),
  ),
  ...missed,
  alertRaised(alert, clock("10:05")),
  alertCleared(
    {
      ...{ ...alert, acknowledgedAt: clock("10:06"), acknowledgedBy: "Grace" },
      ...{ overAt: clock("10:07"), overFor: "over" },
    },
    clock("10:07"),
  ),
  endpointPaused(
    {
      ...{ id: "019aa000-0000-7000-8000-0000000000cc", url: "https://example.com/hooks" },
      ...{ pausedAt: clock("12:00"), pausedFor: "failing", failingSince: clock("10:00") },
    },
    clock("12:00"),
  ),
];

/** The first of each trigger, as it is sent. */
export const EXAMPLES: Readonly<Record<Trigger, object>> = Object.assign(
  {},
  ...TRIGGERS.map((trigger) => {
    const occurrence = all.find((one) => one.trigger === trigger);
    if (occurrence === undefined) throw new Error(`there is no example of ${trigger}`);
    const corrects =
      trigger === "attendance.corrected" ? "5b0a0d5e-7f7e-4b0e-9a0b-0f6e0b7a4d11" : null;
    const message = { id: "8c1f5f5e-2f0a-4a39-9a5c-6a3d2d0f9b10", madeAt: occurrence.at, corrects };
    return { [trigger]: occurrence.body(message) };
  }),
);
