import * as z from "zod/mini";
import { ACT_HOWS } from "#domain/desk/groups/act-link.ts";
import type { HouseRules } from "#domain/desk/groups/house-rules.ts";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import { about, count, named, type ShapeOf, time, timeOrNull } from "#server/http/schema.ts";

const span = z.object({
  from: about(z.string(), "As 08:00"),
  to: about(z.string(), "As 17:00, or 24:00; what ends before it begins ends on the next day"),
});

const hours = z.object({
  time_zone: z.string(),
  weekdays: about(z.partialRecord(z.enum(WEEKDAYS), z.array(span)), "A day without any is closed"),
  closed_on: about(z.array(z.string()), "Days on which it is closed all the same, as 2026-12-25"),
});

const links = z.array(
  z.object({
    label: z.string(),
    url: about(z.string(), "With {room}, {person}, {user_id} and {meeting} to be filled in"),
    how: about(z.enum(ACT_HOWS), "Whether it is opened, or copied"),
  }),
);

const limits = z.object({ amber_ms: count, red_ms: count, urgent_ms: count });

export const roomGroup = named(
  "RoomGroup",
  z.object({
    id: z.string(),
    name: z.string(),
    source_id: about(z.nullable(z.string()), "Only rooms of this source; null for any"),
    rooms: about(
      z.array(z.string()),
      "Patterns of which one fits the room's key or title; * stands for any text",
    ),
    hours: about(
      z.nullable(hours),
      "The opening hours; null for those of a less exact group, else always open",
    ),
    limits: about(
      z.nullable(limits),
      "From how long on a wait is amber, red and urgent; null for those of a less exact group, else by the target of whoever looks",
    ),
    links: about(links, "Where the rows of its rooms lead, besides those of wider groups"),
    by: z.string(),
    changed_at: time,
  }),
);

export const roomGroups = z.object({ results: z.array(roomGroup) });
export const roomGroupRemoved = z.object({ id: z.string(), deleted: z.literal(true) });

/** What the house says of a room now. */
export const houseRules = named(
  "HouseRules",
  z.object({
    groups: about(z.array(z.string()), "The names of its groups, the most exact first"),
    hours: about(
      z.nullable(
        z.object({
          is_open: z.boolean(),
          since: about(timeOrNull, "Since when, where that is within two weeks"),
          until: about(timeOrNull, "Until when, where that is within two weeks"),
        }),
      ),
      "null where it is always open",
    ),
    limits: about(z.nullable(limits), "null: by the target that waits are measured by"),
    message: about(
      z.nullable(z.object({ text: z.string(), by: z.string(), at: time })),
      "What those who wait for it are told, and by whom",
    ),
    links,
  } satisfies ShapeOf<HouseRules>),
);
