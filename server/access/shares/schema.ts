import * as z from "zod/mini";
import { SHARE_KINDS } from "#domain/access/shares/share.ts";
import type { HaltReason } from "#domain/live/recording.ts";
import { houseRules } from "#server/desk/groups/schema.ts";
import { about, asOf, count, named, textOrNull, time, timeOrNull } from "#server/http/schema.ts";
import { outcome, personInMeeting, status, VISIT } from "#server/meetings/schema.ts";

export const share = named(
  "Share",
  z.object({
    id: z.string(),
    kind: z.enum(SHARE_KINDS),
    meeting: about(
      z.nullable(z.object({ id: z.string(), name: textOrNull })),
      "The meeting it was made for; null for a wallboard",
    ),
    sources: about(z.nullable(z.array(z.string())), "Ids of a wallboard's sources; null for all"),
    room: about(
      z.nullable(z.object({ source_id: z.string(), room: z.string(), name: z.string() })),
      "The room of a link for who waits, and what they read that it is called; null for others",
    ),
    masked: about(z.boolean(), "Whether it shows initials in place of names"),
    made_by: z.string(),
    created_at: time,
    expires_at: about(time, "It opens nothing from then on"),
    revoked_at: timeOrNull,
    last_opened_at: about(timeOrNull, "To the minute"),
    opened_count: about(count, "How often its page was opened"),
  }),
);

export const shares = z.object({ results: z.array(share) });

export const madeShare = z.object({
  ...share.shape,
  url: about(z.string(), "The link itself: it is answered once, and stored nowhere"),
});

/** What every shared page needs to know of its server. */
const SHOWN = {
  as_of: asOf,
  build: about(z.string(), "Of the server: a page of another one loads itself again"),
  masked: z.boolean(),
  expires_at: about(time, "The link opens nothing from then on"),
};

const span = z.object({ from: time, to: timeOrNull });
const { is_host, status: personStatus } = personInMeeting.shape;

const sharedPerson = named(
  "SharedPerson",
  z.object({
    name: textOrNull,
    status: personStatus,
    is_host: about(z.nullable(is_host), "null where the provider never said"),
    visits: z.array(z.object(VISIT)),
    attended: about(z.array(span), "After short gaps are closed"),
    waits: z.array(
      z.object({
        started_at: time,
        ended_at: timeOrNull,
        over_by: about(timeOrNull, "When it must have ended, where that is known"),
        outcome,
        inferred: z.boolean(),
        entered: about(z.boolean(), "An operator entered its end"),
      }),
    ),
    hosted: z.array(z.object({ ...span.shape, inferred: z.boolean() })),
  }),
);

export const sharedMeeting = named(
  "SharedMeeting",
  z.object({
    ...SHOWN,
    name: about(z.string(), "Its title, or its room"),
    demo: about(z.boolean(), "It was invented by a demonstration"),
    status,
    first_at: about(timeOrNull, "When it was first heard of"),
    tip_at: about(timeOrNull, "When anything of it happened last"),
    started_at: timeOrNull,
    ended_at: timeOrNull,
    grace_ms: about(count, "Gaps up to this are closed"),
    erased: about(z.boolean(), "The data of its people was erased"),
    people: z.array(sharedPerson),
    note_takers: z.array(sharedPerson),
  }),
);

const HALTS = ["disk_full", "read_only", "unavailable"] as const satisfies readonly HaltReason[];

export const wallboard = named(
  "Wallboard",
  z.object({
    ...SHOWN,
    time_zone: about(z.string(), "Of the day that is today"),
    meetings: about(count, "In progress"),
    present: about(count, "People in meetings"),
    waiting: count,
    longest_since: about(timeOrNull, "When the longest open wait began"),
    hostless: about(count, "Meetings with people and without a host"),
    waiting_without_host: count,
    today: z.object({
      target_ms: about(count, "The target of the service level"),
      goal: about(z.number(), "The service level that is aimed for, from 0 to 1"),
      entered: count,
      left_before_admitted: count,
      abandonment_rate: z.nullable(z.number()),
      service_level: z.object({ met: count, of: count, share: z.nullable(z.number()) }),
    }),
    waiting_room: about(
      z.array(
        z.object({
          name: textOrNull,
          room: about(z.string(), "The title of the meeting, or its room"),
          demo: z.boolean(),
          since: time,
          returned: about(count, "How often they had waited for this meeting before"),
          hostless: z.boolean(),
          house: about(z.nullable(houseRules), "What the house says of the room; null for nothing"),
        }),
      ),
      "Who has waited longest, first",
    ),
    halted: about(
      z.nullable(z.object({ since: time, reason: z.enum(HALTS) })),
      "Since when nothing can be stored",
    ),
  }),
);
