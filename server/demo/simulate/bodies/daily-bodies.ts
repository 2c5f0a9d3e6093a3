import type { Ms } from "#domain/time/ms.ts";
import type {
  Actor,
  DailyGathering,
  PlottedKnock,
  PlottedStay,
  Session,
} from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import type { Emission, EmittedBody } from "./emission.ts";

const SECOND: Ms = 1000;
/** Daily waits this long for a return before it reports the end of a meeting. */
const ENDED_LATE: Ms = 20_500;

/** What every event about one connection repeats. */
interface Connection {
  room: string;
  session_id: string;
  joined_at: number;
  owner: boolean;
  who: EmittedBody;
}

/** Everything Daily sends about one gathering until `end`, not in order. */
export function dailyEmissions(ids: Random, gathering: DailyGathering, end: Ms): Emission[] {
  const { room, actors, sessions } = gathering;
  return [
    ...actors.flatMap((actor) => ofActor(ids, room, actor, end)),
    ...sessions.flatMap((session) => ofSession(room, session)),
    ...sessions.flatMap((session) => otherEvents(ids, room, session, end)),
  ];
}

function ofActor(ids: Random, room: string, actor: Actor, end: Ms): Emission[] {
  // Without a token Daily sends no user id, an empty one, or the connection's own.
  const anonymous = ids.int(0, 2);
  const connect = (id: string, from: Ms, owner: boolean): Connection => ({
    room,
    session_id: id,
    joined_at: inSeconds(from),
    owner,
    who: {
      ...userIdOf(actor, id, anonymous),
      ...(actor.name === null && anonymous === 0 ? {} : { user_name: actor.name }),
    },
  });
  return [
    ...actor.knocks.flatMap((knock) =>
      ofKnock(knock, connect(knock.connection, knock.from, false)),
    ),
    ...actor.stays.flatMap((stay, index) => {
      const noticedAt = leaveNoticedAt(ids, stay, actor.stays[index + 1]);
      const readyAt = Math.max(stay.to ?? 0, Math.min(noticedAt, end));
      return ofStay(stay, connect(stay.connection, stay.from, stay.hostAtFirst), readyAt);
    }),
  ];
}

function userIdOf({ userId }: Actor, connection: string, anonymous: number): EmittedBody {
  if (userId !== null) return { user_id: userId };
  if (anonymous === 0) return {};
  return { user_id: anonymous === 1 ? null : connection };
}

/** Where a person is back within seconds, Daily closes the old connection only after the new one began. */
function leaveNoticedAt(ids: Random, { to }: PlottedStay, next: PlottedStay | undefined): Ms {
  const left = to ?? 0;
  const quick = next !== undefined && next.from - left < 30 * SECOND;
  return quick ? Math.max(left, next.from) + ids.int(SECOND, 8 * SECOND) : left;
}

function ofKnock({ from, toldAt: reportedAt }: PlottedKnock, connection: Connection): Emission[] {
  const { session_id } = connection;
  const knocked = emission(
    "waiting-participant.joined",
    `1-w-ptcpt-join-${session_id}-${from}`,
    payloadOf(connection),
    from,
    from,
  );
  if (reportedAt === null) return [knocked];
  const id = `1-w-ptcpt-left-${session_id}-${from}`;
  const payload = payloadOf(connection, reportedAt);
  return [knocked, emission("waiting-participant.left", id, payload, reportedAt, reportedAt)];
}

function ofStay({ from, to }: PlottedStay, connection: Connection, readyAt: Ms): Emission[] {
  const { session_id } = connection;
  const joined = emission(
    "participant.joined",
    `1-ptcpt-join-${session_id}-${from}`,
    payloadOf(connection),
    from,
    from,
  );
  if (to === null) return [joined];
  const id = `1-ptcpt-left-${session_id}-${from}`;
  return [joined, emission("participant.left", id, payloadOf(connection, to), to, readyAt)];
}

function payloadOf(
  { room, session_id, joined_at, owner, who }: Connection,
  until?: Ms,
): EmittedBody {
  return {
    room,
    ...who,
    session_id,
    joined_at,
    will_eject_at: null,
    owner,
    permissions: {
      hasPresence: true,
      canSend: true,
      canReceive: { base: true },
      canAdmin: owner ? ["participants", "streaming"] : false,
    },
    // The subtraction has the floating-point noise of Daily's own durations.
    ...(until === undefined ? {} : { duration: inSeconds(until) - joined_at }),
  };
}

function ofSession(room: string, { id, from, to }: Session): Emission[] {
  const start = { start_ts: inSeconds(from), meeting_id: id, room };
  const started = emission("meeting.started", `1-met-sta-${id}`, start, from, from + 377);
  if (to === null) return [started];
  const payload = {
    start_ts: Math.floor(inSeconds(from)),
    end_ts: inSeconds(to),
    meeting_id: id,
    room,
  };
  return [started, emission("meeting.ended", `1-met-end-${id}`, payload, to, to + ENDED_LATE)];
}

/** Events that are not about attendance. */
function otherEvents(ids: Random, room: string, { id, from, to }: Session, end: Ms): Emission[] {
  const recording = ids.uuid();
  const instance = ids.uuid();
  const startedAt = ids.int(from, from + ((to ?? end) - from) * 0.5);
  const stoppedAt = ids.int(startedAt, to ?? end);
  const start_ts = Math.floor(inSeconds(startedAt));
  const started = otherEvent(
    "recording.started",
    `1-rec-sta-${instance}`,
    {
      action: "start-cloud-recording",
      recording_id: recording,
      layout: { preset: "active-participant" },
      instance_id: instance,
      start_ts,
    },
    startedAt,
  );
  const transcribed = otherEvent(
    "transcript.started",
    `1-tra-sta-${instance}`,
    { id: ids.uuid(), room_name: room, mtg_session_id: id, status: "t_in_progress" },
    startedAt,
  );
  const ready = otherEvent(
    "recording.ready-to-download",
    `1-rec-rtd-${instance}`,
    { recording_id: recording, room_name: room, start_ts, status: "finished", duration: 9 },
    stoppedAt,
  );
  return [started, transcribed, ready].slice(ids.int(0, 3));
}

function emission(type: string, id: string, payload: EmittedBody, at: Ms, readyAt: Ms): Emission {
  const body = { version: "1.0.0", type, id, payload, event_ts: inSeconds(readyAt + 1) };
  return { at, readyAt, body, tells: true };
}

function otherEvent(type: string, id: string, payload: EmittedBody, at: Ms): Emission {
  return { ...emission(type, id, payload, at, at), tells: false };
}

function inSeconds(at: Ms): number {
  return at / 1000;
}
