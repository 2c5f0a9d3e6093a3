import { OUTCOMES } from "#domain/meeting/wait.ts";
import { START_OUTCOMES } from "#domain/scheduled/start-verdict.ts";
import { FOLLOW_UPS } from "#domain/waits/handling.ts";
import type { DeskChange, DeskDay, DeskLine, DeskSnapshot, LostWait } from "./desk-wire.ts";
import {
  anyOf,
  type Guard,
  isNumber,
  isOneOf,
  isText,
  isTime,
  listOf,
  orNull,
  shape,
} from "./guards.ts";
import { house, personNow, source, waitClaim, waitingNow } from "./people-guards.ts";
import { isRefusedAck } from "./reading.ts";
import type { WatchDeskAck } from "./wire.ts";

/* What the server sends of the desk is read, not believed, as all else. It is loaded with the desk alone. */

const line = shape<DeskLine>({
  id: isText,
  source,
  room: isText,
  title: isText,
  appointment: orNull(
    shape<NonNullable<DeskLine["appointment"]>>({
      starts_at: isTime,
      ends_at: isTime,
      late_after_ms: isNumber,
      outcome: orNull(isOneOf(...START_OUTCOMES)),
      hosts: listOf(shape<{ name: string | null }>({ name: orNull(isText) })),
    }),
  ),
  meeting: orNull(
    shape<NonNullable<DeskLine["meeting"]>>({
      id: isText,
      status: isOneOf("waiting", "live", "ended"),
      started_at: orNull(isTime),
    }),
  ),
  expected: orNull(isNumber),
  waiting: listOf(waitingNow),
  present: isNumber,
  gone: isNumber,
  walk_ins: orNull(isNumber),
  hosts: listOf(shape<DeskLine["hosts"][number]>(personNow)),
  hostless_since: orNull(isTime),
  house,
});

const lost = shape<LostWait>({
  ...personNow,
  ...waitClaim,
  id: isText,
  meeting_id: isText,
  source,
  room: isText,
  title: orNull(isText),
  started_at: isTime,
  ended_at: orNull(isTime),
  outcome: isOneOf(...OUTCOMES),
  house,
  follow_up: orNull(isOneOf(...FOLLOW_UPS)),
  follow_up_by: orNull(isText),
  follow_up_at: orNull(isTime),
});

const day = shape<DeskDay>({
  since: isTime,
  time_zone: isText,
  seen: isNumber,
  waits: isNumber,
  admitted: isNumber,
  really_lost: isNumber,
  no_shows: isNumber,
  longest_ms: orNull(isNumber),
  service_level: orNull(isNumber),
  target_ms: isNumber,
  outside_hours: isNumber,
});

const isDeskSnapshot = shape<DeskSnapshot>({
  as_of: isTime,
  lines: listOf(line),
  lost: listOf(lost),
  day,
});

export const isDeskChange = shape<DeskChange>({
  as_of: isTime,
  lines: listOf(line),
  lost: listOf(lost),
  gone: listOf(isText),
  day,
});

export const isWatchDeskAck: Guard<WatchDeskAck> = anyOf<WatchDeskAck>(
  isRefusedAck,
  shape<Extract<WatchDeskAck, { ok: true }>>({ ok: isOneOf(true), desk: isDeskSnapshot }),
);
