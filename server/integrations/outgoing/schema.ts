import * as z from "zod/mini";
import { PAUSES, SIGNINGS, TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import {
  about,
  count,
  countOrNull,
  named,
  pageOf,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

const ENDPOINT = {
  id: z.string(),
  url: z.string(),
  triggers: z.array(z.enum(TRIGGERS)),
  signing: about(
    z.enum(SIGNINGS),
    "standard: Standard Webhooks; else as the provider of that name signs",
  ),
  sources: about(z.nullable(z.array(z.string())), "Ids of the sources it is told of; null for all"),
  rooms: about(
    z.nullable(z.array(z.string())),
    "Patterns of the rooms it is told of, by key or title, * for any text; null for all",
  ),
  added_at: time,
  added_by: z.string(),
  state: about(
    z.enum(["waiting", "taking", "failing", "paused"]),
    "waiting: nothing was sent yet; taking: the last one was taken; failing: it is tried again",
  ),
  paused_at: timeOrNull,
  paused_for: about(
    z.nullable(z.enum(PAUSES)),
    "failing: it took nothing for two days; gone: it answered 410",
  ),
  failing_since: timeOrNull,
  last_taken_at: timeOrNull,
  rests_until: about(timeOrNull, "It asked for patience until then"),
  waiting: about(count, "Messages that wait to be sent, also those that are tried again"),
  rotating_until: about(timeOrNull, "Until then the older secret is used too"),
};

export const endpoint = named("WebhookEndpoint", z.object(ENDPOINT));
export const endpoints = z.object({ results: z.array(endpoint) });

const secret = about(
  z.string(),
  "What its webhooks are signed with, answered this once; whsec_… for standard",
);
export const addedEndpoint = z.object({ ...ENDPOINT, secret });
export const rotatedEndpoint = z.object({
  id: z.string(),
  secret,
  until: about(
    time,
    "Until then the older secret is used: beside the new one by standard, and alone by the others",
  ),
});

const ATTEMPT = {
  at: time,
  took_ms: count,
  status: about(countOrNull, "Of the answer; null where there was none"),
  failure: about(textOrNull, "Why there was no answer"),
  excerpt: about(textOrNull, "How the answer begins"),
};

export const attempt = named(
  "SendAttempt",
  z.object({
    id: z.string(),
    ...ATTEMPT,
    message: z.object({
      id: about(z.string(), "The same in every attempt, and whenever it is sent again"),
      trigger: z.string(),
      meeting_id: about(textOrNull, "In which messages keep their order"),
      corrects: about(textOrNull, "The message that this one corrects"),
      made_at: time,
      state: about(
        z.enum(["pending", "taken", "failed"]),
        "pending: it is tried again; failed: it is given up",
      ),
      attempts: count,
      next_at: about(timeOrNull, "When it is tried again"),
      body: about(textOrNull, "What is sent; null once it was erased"),
    }),
  }),
);
export const attempts = pageOf(attempt);

export const tested = z.object({ id: z.string(), taken: z.boolean(), ...ATTEMPT });

export const resendJob = named(
  "Resend",
  z.object({
    id: z.string(),
    state: z.enum(["running", "done", "cancelled"]),
    total: about(count, "Messages that are sent again"),
    done: about(count, "Of these, taken or given up"),
    failed: about(count, "Of these, given up"),
    begun_at: time,
  }),
);
