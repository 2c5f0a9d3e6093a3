import type { MeetingEvent } from "#domain/event/event.ts";
import type { KnownRoom } from "#domain/sources/catching-up/known.ts";
import { type FoundStay, missingEvents } from "#domain/sources/catching-up/missing.ts";
import type { Ms } from "#domain/time/ms.ts";
import { answeredAs } from "#server/providers/contract/answered.ts";
import type { CatchUpAsking, CatchUpFind } from "#server/providers/contract/contract.ts";
import {
  attemptsPage,
  type ListedMeeting,
  meetingsPage,
  type Present,
  presenceList,
} from "./listed.ts";
import { sentIn } from "./logged.ts";

/*
 * Three lists of Daily's, each for what the one before does not have: the log of webhooks has the very bodies, also of
 * who waited; presence has who is in now; the meetings have when everybody came and went, to the second. Daily's log
 * says nothing of what happened while the webhook was switched off.
 */

/** Presence is up to 15 s late, and so are the lengths of visits: nothing is concluded from less than this. */
const LATE_MS: Ms = 45_000;
/** After so long without being asked the meetings are read, whatever presence says. */
const LONG_MS: Ms = 10 * 60_000;
/** A meeting that went on in between began before; it is not listed by when it ended. */
const BEFORE_MS: Ms = 3_600_000;
const PAGE = 100;

/** What Daily's API knows of since then that is not known here. */
export async function* catchUp(asking: CatchUpAsking): AsyncGenerator<CatchUpFind> {
  const { api, since, now } = asking;
  yield* logged(asking);
  const present = answeredAs(presenceList, await api.ask("GET", "/presence"));
  const all = await asking.known();
  const rooms = new Map(all.map((known) => [known.room, known]));
  for (const [room, people] of Object.entries(present)) {
    const stays = people.flatMap((one) => stayOfPresent(one, now) ?? []);
    yield* told(room, missingEvents(stays, rooms.get(room)?.stays ?? []), "presence");
  }
  const isIn = new Set(Object.values(present).flatMap((people) => people.map(({ id }) => id)));
  if (now - since < LONG_MS && !isOdd(all, present, isIn, now)) return;
  for await (const meeting of meetingsOf(asking, all)) {
    const known = rooms.get(meeting.room);
    const isKnown = new Set(known?.stays.map(({ participantId }) => participantId));
    const stays = staysOf(meeting, isIn, now);
    const recent = stays.filter(
      ({ leftAt, participantId }) => (leftAt ?? now) >= since || isKnown.has(participantId),
    );
    if (recent.length === 0) continue;
    // Who is in was told by presence, to the millisecond.
    const over = recent.filter(({ leftAt }) => leftAt !== null);
    const events = [
      ...missingEvents(over, known?.stays ?? []),
      ...missingBounds(meeting, stays, known, now),
    ];
    yield* told(meeting.room, events, "meetings");
  }
}

/** What was sent and not taken, in its own words. */
async function* logged({ api, since, webhookPath }: CatchUpAsking): AsyncGenerator<CatchUpFind> {
  let after: string | null = null;
  for (;;) {
    const path: string = `/logs/api?source=webhook&limit=${PAGE}${startingAfter(after)}`;
    const page = answeredAs(attemptsPage, await api.ask("GET", path));
    for (const attempt of page) {
      const body = sentIn(attempt, { since, webhookPath });
      if (body !== null) yield { body };
    }
    const last = page.at(-1);
    const isOlder = page.every(
      ({ createdAt }) => createdAt != null && Date.parse(createdAt) < since,
    );
    if (last === undefined || last.id === after || isOlder) return;
    after = last.id;
  }
}

/** Somebody who came so lately may be told of any moment. */
function stayOfPresent({ id, userId, userName, joinTime }: Present, now: Ms): FoundStay | null {
  if (now - joinTime < LATE_MS) return null;
  return {
    participantId: id,
    userId: userId ?? null,
    name: userName ?? null,
    joinedAt: joinTime,
    leftAt: null,
  };
}

/** Whether presence contradicts what is known: somebody is in who is not there, or a meeting goes on, or none does. */
function isOdd(
  known: readonly KnownRoom[],
  present: Readonly<Record<string, readonly Present[]>>,
  isIn: ReadonlySet<string>,
  now: Ms,
): boolean {
  const isLate = (at: Ms) => now - at >= LATE_MS;
  const started = new Set(known.flatMap((room) => room.started));
  const isGone = known.some(
    ({ room, isGoingOn, since, stays }) =>
      isGoingOn &&
      ((present[room] === undefined && isLate(since)) ||
        stays.some(
          ({ participantId, joinedAt, leftAt }) =>
            leftAt === null && isLate(joinedAt) && !isIn.has(participantId),
        )),
  );
  const isNew = Object.values(present)
    .flat()
    .some(
      ({ mtgSessionId, joinTime }) =>
        mtgSessionId != null && isLate(joinTime) && !started.has(mtgSessionId),
    );
  return isGone || isNew;
}

async function* meetingsOf(
  { api, since }: CatchUpAsking,
  known: readonly KnownRoom[],
): AsyncGenerator<ListedMeeting> {
  const open = known.filter(({ isGoingOn }) => isGoingOn);
  const first = Math.min(since, ...open.map((room) => room.since));
  const from = `/meetings?timeframe_start=${Math.floor((first - BEFORE_MS) / 1_000)}&limit=${PAGE}`;
  let after: string | null = null;
  for (;;) {
    const path: string = `${from}${startingAfter(after)}`;
    const { data } = answeredAs(meetingsPage, await api.ask("GET", path));
    yield* data;
    const last = data.at(-1);
    if (last === undefined || last.id === after) return;
    after = last.id;
  }
}

/** What asks for the page after something that was listed. */
function startingAfter(id: string | null): string {
  return id === null ? "" : `&starting_after=${encodeURIComponent(id)}`;
}

/** The visits of a meeting. Of somebody who is there its length is that until now, and of somebody just gone too. */
function staysOf({ participants }: ListedMeeting, isIn: ReadonlySet<string>, now: Ms): FoundStay[] {
  return (participants ?? []).flatMap((visit) => {
    const joinedAt = visit.join_time * 1_000;
    const until = joinedAt + Math.max(0, visit.duration) * 1_000;
    const isOver = !isIn.has(visit.participant_id) && now - until >= LATE_MS;
    if (!isOver && now - joinedAt < LATE_MS) return [];
    return {
      ...{ participantId: visit.participant_id, userId: visit.user_id ?? null },
      ...{ name: visit.user_name ?? null, joinedAt, leftAt: isOver ? until : null },
    };
  });
}

/**
 * Its start, and its end where everybody left. Daily's list begins and ends a meeting by other rules than its webhooks:
 * so it begins no later than the first who came, and does not end before the last who left.
 */
function missingBounds(
  { id, start_time, duration, ongoing }: ListedMeeting,
  stays: readonly FoundStay[],
  known: KnownRoom | undefined,
  now: Ms,
): MeetingEvent[] {
  const startedAt = Math.min(start_time * 1_000, ...stays.map(({ joinedAt }) => joinedAt));
  const isOver = ongoing !== true && stays.every(({ leftAt }) => leftAt !== null);
  const endedAt = Math.max(
    (start_time + duration) * 1_000,
    ...stays.map(({ leftAt }) => leftAt ?? 0),
  );
  const isStartMissing = known?.started.includes(id) !== true;
  const isEndMissing = isOver && known?.ended.includes(id) !== true && now - endedAt >= LATE_MS;
  return [
    ...(isStartMissing
      ? [{ type: "meeting_started" as const, at: startedAt, providerMeetingId: id }]
      : []),
    ...(isEndMissing
      ? [{ type: "meeting_ended" as const, at: endedAt, startedAt, providerMeetingId: id }]
      : []),
  ];
}

function* told(room: string, events: readonly MeetingEvent[], by: "presence" | "meetings") {
  for (const event of events) {
    const body = bodyOf(event, room, by);
    if (body !== null) yield { body };
  }
}

/** In the form of a webhook, and marked as none. */
function bodyOf(event: MeetingEvent, room: string, found_by: string): string | null {
  const body = (type: string, payload: object) =>
    JSON.stringify({ type, found_by, payload: { room, ...payload }, event_ts: event.at / 1_000 });
  switch (event.type) {
    case "joined":
      return body("participant.joined", { ...who(event), joined_at: event.at / 1_000 });
    case "left": {
      const since = event.joinedAt ?? event.at;
      const duration = (event.at - since) / 1_000;
      return body("participant.left", { ...who(event), joined_at: since / 1_000, duration });
    }
    case "meeting_started":
      return body("meeting.started", {
        meeting_id: event.providerMeetingId,
        start_ts: event.at / 1_000,
      });
    case "meeting_ended":
      return body("meeting.ended", {
        meeting_id: event.providerMeetingId,
        start_ts: (event.startedAt ?? event.at) / 1_000,
        end_ts: event.at / 1_000,
      });
    default:
      return null;
  }
}

function who({
  participantId,
  userId,
  name,
}: Pick<FoundStay, "participantId" | "userId" | "name">) {
  return { session_id: participantId, user_id: userId, user_name: name };
}
