import * as z from "zod/mini";
import { ACT_KINDS } from "#domain/desk/acts/act-kind.ts";
import { about, named, textOrNull, time } from "#server/http/schema.ts";

export const providerActs = z.object({
  results: z.array(
    named(
      "SourceActs",
      z.object({
        source_id: z.string(),
        provider: about(z.string(), "What people call it"),
        acts: about(z.array(z.enum(ACT_KINDS)), "What can be done in its meetings"),
      }),
    ),
  ),
});

export const actDone = named(
  "Act",
  z.object({
    meeting_id: z.string(),
    act: z.enum(ACT_KINDS),
    person_id: about(textOrNull, "Whom it is about; null for the whole meeting"),
    provider: z.string(),
    taken_at: about(
      time,
      "When the provider took it. Whether it came about is known when the provider reports it",
    ),
    url: about(textOrNull, "What open_as_host opens: for whoever asked alone, and for ten minutes"),
  }),
);
