import * as z from "zod/mini";
import { CHANNEL_KINDS } from "#domain/desk/alerts/channel.ts";
import { about, countOrNull, named, textOrNull, time, timeOrNull } from "#server/http/schema.ts";

export const alertChannel = named(
  "AlertChannel",
  z.object({
    id: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    address: about(
      z.string(),
      "As far as it is shown: the host of a chat; an e-mail address whole",
    ),
    initials: about(z.boolean(), "Names of people are initials there"),
    on: z.boolean(),
    added_at: time,
    added_by: z.string(),
    tried_at: about(timeOrNull, "When anything was last sent there"),
    status: about(countOrNull, "Of the answer to that"),
    failure: about(textOrNull, "Why that was not taken; null where it was"),
  }),
);
export const alertChannels = z.object({ results: z.array(alertChannel) });
