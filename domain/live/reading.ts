import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import type { Returned } from "#domain/meeting/meeting-facts.ts";
import { OBSERVER_STATES } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  anyOf,
  type Guard,
  isFlag,
  isNumber,
  isOneOf,
  isText,
  isTime,
  listOf,
  orAbsent,
  orNull,
  recordOf,
  shape,
} from "./guards.ts";
import { house, personNow, source, waitingNow } from "./people-guards.ts";
import type { Recording, RefusedSource, StoppedProjection, WebhookOff } from "./recording.ts";
import type {
  Happening,
  LiveMeeting,
  LivePosition,
  LiveSnapshot,
  LiveTotals,
  RefusedAck,
  ServerToClient,
  Today,
  WatchLiveAck,
  WatchMeetingAck,
} from "./wire.ts";

/*
 * What the server sends is read, not believed: a message that is broken, or says what only a later version
 * understands, is none. Each guard names every field of its type, or it does not compile.
 */

const hasEventFields = shape<Recorded>({
  seq: isNumber,
  type: (value): value is Recorded["type"] => typeof value === "string",
  at: isTime,
  person_id: orNull(isText),
  participant_id: orNull(isText),
  data: (value): value is Recorded["data"] => typeof value === "object" && value !== null,
  delivery_id: orNull(isText),
});

/** By the tables of the events, which know what is in `data`. */
const recorded: Guard<Recorded> = (value): value is Recorded => {
  if (!hasEventFields(value)) return false;
  try {
    toEvent(value);
    return true;
  } catch {
    return false;
  }
};

const liveMeeting = shape<LiveMeeting>({
  id: isText,
  source,
  room: isText,
  title: orNull(isText),
  status: isOneOf("waiting", "live", "ended"),
  started_at: orNull(isTime),
  ended_at: orNull(isTime),
  seq: isNumber,
  present_count: isNumber,
  waiting_count: isNumber,
  people_count: isNumber,
  note_taker_count: isNumber,
  hosts: listOf(shape<LiveMeeting["hosts"][number]>(personNow)),
  hostless_since: orNull(isTime),
  waiting: listOf(waitingNow),
  not_heard_of: listOf(shape<LiveMeeting["not_heard_of"][number]>({ ...personNow, since: isTime })),
  observer: orNull(
    shape<NonNullable<LiveMeeting["observer"]>>({
      state: isOneOf(...OBSERVER_STATES),
      reason: orNull(isText),
      by: orNull(isText),
    }),
  ),
  house,
});

type What = Happening["what"];
const what = anyOf<What>(
  shape<{ kind: "joined" | "waiting" | "meeting_started" | "meeting_ended" }>({
    kind: isOneOf("joined", "waiting", "meeting_started", "meeting_ended"),
  }),
  shape<{ kind: "admitted"; waited_ms: Ms }>({ kind: isOneOf("admitted"), waited_ms: isNumber }),
  shape<{ kind: "reconnected" | "came_back"; away_ms: Ms }>({
    kind: isOneOf("reconnected", "came_back"),
    away_ms: isNumber,
  }),
  shape<{ kind: "left"; attended_ms: Ms }>({ kind: isOneOf("left"), attended_ms: isNumber }),
  shape<{ kind: "left_before_admitted"; waited_ms: Ms; short: boolean }>({
    kind: isOneOf("left_before_admitted"),
    waited_ms: isNumber,
    short: isFlag,
  }),
  shape<{ kind: "host_changed"; is_host: boolean }>({
    kind: isOneOf("host_changed"),
    is_host: isFlag,
  }),
  shape<{ kind: "not_let_in" | "bot_removed"; by: string | null; reason: string | null }>({
    kind: isOneOf("not_let_in", "bot_removed"),
    by: orNull(isText),
    reason: orNull(isText),
  }),
);

const happening = shape<Happening>({
  id: isText,
  meeting_id: isText,
  meeting: isText,
  at: isTime,
  person_id: orNull(isText),
  name: orNull(isText),
  what,
});

const today = shape<Today>({
  time_zone: isText,
  since: isTime,
  target_ms: isNumber,
  waits: isNumber,
  entered: isNumber,
  admitted: isNumber,
  left_before_admitted: isNumber,
  came_back: isNumber,
  really_lost: isNumber,
  short: isNumber,
  unknown: isNumber,
  still_waiting: isNumber,
  abandonment_rate: orNull(isNumber),
  average_until_admitted_ms: orNull(isNumber),
  average_until_leaving_ms: orNull(isNumber),
  longest_ms: orNull(isNumber),
  service_level: shape<Today["service_level"]>({
    met: isNumber,
    of: isNumber,
    share: orNull(isNumber),
  }),
});

const totals = shape<LiveTotals>({
  meetings: isNumber,
  present: isNumber,
  waiting: isNumber,
  hostless: isNumber,
  waiting_without_host: isNumber,
  longest_since: orNull(isTime),
});

const halted = shape<NonNullable<Recording["halted"]>>({
  since: isTime,
  reason: isOneOf("disk_full", "read_only", "unavailable"),
});

const stopped = shape<StoppedProjection>({
  rooms: isNumber,
  since: isTime,
  event: shape({ meeting_id: isText, seq: isNumber, type: isText, field: isText }),
});

const recording = shape<Recording>({
  changed_at: isTime,
  halted: orNull(halted),
  behind: orNull(shape<NonNullable<Recording["behind"]>>({ since: isTime, count: isNumber })),
  stopped: orAbsent(orNull(stopped)),
  off: orAbsent(
    listOf(shape<WebhookOff>({ source, state: isOneOf("off", "missing"), since: isTime })),
  ),
  refused: listOf(
    shape<RefusedSource>({
      source,
      since: isTime,
      last_at: isTime,
      count: isNumber,
      reason: isOneOf(
        "signature_missing",
        "signature_mismatch",
        "timestamp_missing",
        "timestamp_outside_tolerance",
        "paused",
        "too_large",
        "unfinished",
        "overloaded",
        "secret_unreadable",
        "not_stored",
      ),
      gives_up_after: orNull(isNumber),
    }),
  ),
  more: isNumber,
});

const returned = listOf(shape<Returned>({ participant_id: isText, started_at: isTime }));

const liveSnapshot = shape<LiveSnapshot>({
  as_of: isTime,
  time_zone: isText,
  meetings: listOf(liveMeeting),
  totals,
  frontier: orNull(
    shape<LivePosition>({ rank: isOneOf(-1, 0, 1, 2), at: orNull(isTime), id: isText }),
  ),
  steps: recordOf(
    listOf(shape<LiveSnapshot["steps"][string][number]>({ at: isTime, count: isNumber })),
  ),
  happened: listOf(happening),
  today,
  sources: isNumber,
  last_event_at: orNull(isTime),
  recording,
});

export const isRefusedAck = shape<RefusedAck>({
  ok: isOneOf(false),
  error: shape<RefusedAck["error"]>({ code: isText, message: isText }),
});

/** What comes with a connection that is refused because nothing can be stored or read. */
export const isHalted = halted;

export const isWatchLiveAck: Guard<WatchLiveAck> = anyOf<WatchLiveAck>(
  isRefusedAck,
  shape<Extract<WatchLiveAck, { ok: true }>>({ ok: isOneOf(true), floor: liveSnapshot }),
);

export const isWatchMeetingAck: Guard<WatchMeetingAck> = anyOf<WatchMeetingAck>(
  isRefusedAck,
  shape<Extract<WatchMeetingAck, { into: string }>>({
    ok: isOneOf(true),
    id: isText,
    into: isText,
  }),
  shape<Extract<WatchMeetingAck, { events: Recorded[] }>>({
    ok: isOneOf(true),
    id: isText,
    seq: isNumber,
    events: listOf(recorded),
    returned,
    overtaken_at: orNull(isTime),
    as_of: isTime,
  }),
);

/** What each message carries. */
type Pushed<Name extends keyof ServerToClient> = Parameters<ServerToClient[Name]>[0];

/** Whether what a message carries can be read; of the desk: `desk-reading.ts`. */
export const pushGuards: {
  [Name in Exclude<
    keyof ServerToClient,
    "desk:changed" | "alerts:changed" | "acts:changed"
  >]: Guard<Pushed<Name>>;
} = {
  "meeting:events": shape<Pushed<"meeting:events">>({
    id: isText,
    events: listOf(recorded),
    returned: orAbsent(returned),
    overtaken_at: orAbsent(orNull(isTime)),
    as_of: isTime,
  }),
  "floor:changed": shape<Pushed<"floor:changed">>({
    summaries: listOf(liveMeeting),
    happened: listOf(happening),
    today: orNull(today),
    elsewhere: orAbsent(listOf(today)),
    totals: orAbsent(totals),
    last_event_at: orAbsent(orNull(isTime)),
    as_of: isTime,
  }),
  "recording:changed": shape<Pushed<"recording:changed">>({ recording, as_of: isTime }),
  "live:resync": orAbsent(shape<NonNullable<Pushed<"live:resync">>>({ gone: isOneOf(true) })),
  "meeting:merged": shape<Pushed<"meeting:merged">>({ id: isText, into: isText }),
};
