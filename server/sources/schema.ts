import * as z from "zod/mini";
import type { RefusalReason } from "#domain/live/recording.ts";
import type { Expired } from "#domain/privacy/retention/retention.ts";
import { CATCH_UP_PROBLEMS } from "#domain/sources/catching-up/catch-up.ts";
import { WEBHOOK_STATES } from "#domain/sources/catching-up/webhook-state.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import {
  about,
  count,
  countOrNull,
  named,
  type ShapeOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

export const REASONS = [
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
] as const satisfies readonly RefusalReason[];

export const expired = z.object({
  deliveries: about(count, "Deliveries, each with its body"),
  meetings: about(count, "Meetings whose people are erased; every number stays"),
  people: about(count, "Attendances of these meetings"),
} satisfies ShapeOf<Expired>);

export const sourceWithSettings = named(
  "SourceWithSettings",
  z.object({
    ...source.shape,
    webhook_path: about(textOrNull, "Where its webhooks are sent; null for imported files"),
    meetings: about(
      z.enum(["by_gap", "one_per_room"]),
      "Whether a room has one meeting after another, parted by the gap",
    ),
    empty_gap_ms: count,
    grace_ms: count,
    note_takers: about(
      z.array(z.string()),
      "Words besides those known for all sources; a word with a minus is a person's name",
    ),
    joins_bots: about(
      z.boolean(),
      "What several bots see at one address at one time is one meeting; it matters where each room has one meeting",
    ),
    takes_calendar: about(
      z.boolean(),
      "What its calendars have is expected without anybody taking it; it matters where its provider is asked for calendars",
    ),
    keep_deliveries_months: about(
      countOrNull,
      "Deliveries of so many whole months before the present one are kept; null for all",
    ),
    keep_people_days: about(
      countOrNull,
      "People of meetings are kept for so many days after these ended; null for ever",
    ),
    expired: about(
      z.nullable(z.extend(expired, { begun_at: time, done_at: timeOrNull })),
      "What went by these limits when that was last done, once a day; done_at is null meanwhile",
    ),
    created_at: time,
    paused_at: about(timeOrNull, "Since when nothing is taken of it"),
    last_heard_at: timeOrNull,
    silence: about(
      z.object({
        state: about(
          z.enum(["unheard", "unknown", "usual", "silent"]),
          "silent: for longer than is usual; unknown: it was heard for too short a time to say; unheard: never",
        ),
        usual_ms: about(
          countOrNull,
          "The median, over the last eight weeks with a meeting, of the longest silence between two meetings in each",
        ),
        allowed_ms: about(countOrNull, "Half as long again, and at least an hour more"),
        weeks: about(count, "Of how many weeks that is known; three are needed"),
      }),
      "Whether it is silent for longer than it usually is",
    ),
    untold: about(
      z.nullable(
        z.object({
          done: count,
          total: countOrNull,
          stopped: about(z.boolean(), "An operator stopped it, and it goes on when they ask"),
        }),
      ),
      "While the past is rebuilt: how many events of how many are done",
    ),
    removal: about(
      z.nullable(
        z.object({
          state: z.enum(["running", "stopped"]),
          done: countOrNull,
          total: countOrNull,
        } satisfies ShapeOf<Removal>),
      ),
      "While it is deleted: how many deliveries and events of how many are gone",
    ),
    refused: about(
      z.nullable(
        z.object({
          count,
          reason: z.enum(REASONS),
          since: time,
          last_at: time,
          over_at: timeOrNull,
        }),
      ),
      "Which of its webhooks were refused; over_at once one was accepted again, for a day",
    ),
  }),
);

/** One source with all that its page shows. */
export const openedSource = named(
  "OpenedSource",
  z.object({
    ...sourceWithSettings.shape,
    webhook_url: about(textOrNull, "null as long as `ROLLCALL_URL` is not set, and for files"),
    catching_up: about(
      z.nullable(
        z.object({
          caught_up_to: about(timeOrNull, "Nothing that happened before is missing any more"),
          under_way: about(
            z.nullable(z.object({ since: time, begun_at: time, calls: count })),
            "What is asked for now: what happened since then, with so many calls so far",
          ),
          found: about(count, "How much was found that no webhook had told, in all"),
          last_found_at: timeOrNull,
          problem: about(z.nullable(z.enum(CATCH_UP_PROBLEMS)), "Why it could not be asked last"),
          said: about(textOrNull, "What the provider said to that; for an owner"),
          next_at: about(timeOrNull, "It is not asked before"),
          calendar: about(
            z.nullable(
              z.object({ read_at: timeOrNull, problem: z.nullable(z.enum(CATCH_UP_PROBLEMS)) }),
            ),
            "When its calendars were last read, and why not since; null where it knows of none",
          ),
          webhook: about(
            z.nullable(z.object({ state: z.enum(WEBHOOK_STATES), since: timeOrNull })),
            "How its webhook stands there; missing: it was there once, unseen: there is none with this address",
          ),
        }),
      ),
      "How what webhooks missed is asked for; null where no key is kept",
    ),
    room_titles: about(
      z.array(z.object({ pattern: z.string(), title: z.string() })),
      "What its rooms are called by their keys, where nothing else says",
    ),
    first: about(
      z.object({
        ping_at: about(timeOrNull, "When its provider last asked whether somebody listens"),
        delivery_at: timeOrNull,
        join_at: timeOrNull,
        leave_at: timeOrNull,
      }),
      "When each of these first came",
    ),
    secrets: about(
      z.nullable(
        z.array(
          z.object({
            last_four: about(textOrNull, "null where it cannot be decrypted any more"),
            created_at: time,
            last_used_at: timeOrNull,
            retires_at: timeOrNull,
          }),
        ),
      ),
      "The accepted ones, newest first; null for those who may not change them",
    ),
    api_address: about(
      textOrNull,
      "Where the key is for, where somebody runs the provider themselves; null for those who may not change it",
    ),
    api_key: about(
      z.nullable(
        z.object({
          last_four: about(textOrNull, "null where it cannot be decrypted any more"),
          kept_since: about(timeOrNull, "null of one that was kept before this was noted"),
        }),
      ),
      "The key of the provider's API, where one is kept; null for those who may not change it",
    ),
  }),
);

export const addedSource = named(
  "AddedSource",
  z.object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    secret: about(z.string(), "Never shown again"),
    webhook_path: z.string(),
    webhook_url: textOrNull,
  }),
);

export const rotatedSource = z.object({
  id: z.string(),
  secret: about(z.string(), "Never shown again"),
  previous_last_used_at: about(timeOrNull, "When an older secret was last used, to the minute"),
});

export const madeWebhook = z.object({
  webhook: z.object({
    id: about(z.string(), "As the provider names it"),
    made: about(z.enum(["created", "updated"]), "updated: one with this address was there"),
  }),
  key_kept: z.boolean(),
});

export const sourcePreview = z.object({
  meetings: about(count, "How many were looked at: the last 200, or fewer where they are large"),
  parted: about(count, "How many of them would become several"),
  joined: about(count, "How many would become one with another"),
  changed: about(count, "In how many others somebody's times would change"),
  people: about(count, "How many attendances that are"),
});

export const sourceContents = z.object({
  meetings: count,
  people: count,
  waits: count,
  events: count,
  deliveries: count,
  scheduled_meetings: count,
  statements: about(count, "Statements about nothing else"),
});

export const sources = z.object({ results: z.array(sourceWithSettings) });

export const installation = named(
  "Installation",
  z.object({
    time_zone: about(z.string(), "The default zone in which days begin"),
    set_by: about(z.enum(["variable", "setting", "server"]), "What set it"),
  }),
);
