import type { WireSource } from "#domain/event/recorded.ts";
import type { WaitingNow, WireClaim } from "#domain/waits/handling-wire.ts";
import {
  type Guard,
  isFlag,
  isNumber,
  isOneOf,
  isText,
  isTime,
  listOf,
  orAbsent,
  orNull,
  shape,
} from "./guards.ts";
import type { LiveMeeting } from "./wire.ts";

/* Guards of what several messages have in them. */

export const source = shape<WireSource>({
  id: isText,
  provider: isText,
  name: isText,
  demo: orAbsent(isOneOf(true)),
});

export const personNow = { person_id: isText, name: orNull(isText) };

export const waitClaim = {
  claimed_by: orNull(isText),
  claimed_at: orNull(isTime),
  claim_lapses_at: orNull(isTime),
  desk_note: orNull(isText),
  desk_note_by: orNull(isText),
  desk_note_at: orNull(isTime),
} satisfies { [Name in keyof WireClaim]: Guard<WireClaim[Name]> };

export const waitingNow = shape<WaitingNow>({
  ...personNow,
  ...waitClaim,
  id: isText,
  started_at: isTime,
  returned: isNumber,
});

type House = NonNullable<LiveMeeting["house"]>;

export const house = orNull(
  shape<House>({
    groups: listOf(isText),
    hours: orNull(
      shape<NonNullable<House["hours"]>>({
        is_open: isFlag,
        since: orNull(isTime),
        until: orNull(isTime),
      }),
    ),
    limits: orNull(
      shape<NonNullable<House["limits"]>>({
        amber_ms: isNumber,
        red_ms: isNumber,
        urgent_ms: isNumber,
      }),
    ),
    links: listOf(
      shape<House["links"][number]>({ label: isText, url: isText, how: isOneOf("open", "copy") }),
    ),
    message: orNull(shape<NonNullable<House["message"]>>({ text: isText, by: isText, at: isTime })),
  }),
);
