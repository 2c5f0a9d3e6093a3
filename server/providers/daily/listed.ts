import { z } from "zod";

/* What Daily's API lists, as its documentation has it: only what is used of it. */

const label = z.string().nullish().catch(null);

/** Somebody in a room now. Their `id` is the `session_id` of webhooks. */
const present = z.object({
  id: z.string().min(1),
  userId: label,
  userName: label,
  mtgSessionId: label,
  joinTime: z.iso.datetime({ offset: true }).transform(Date.parse),
});

/** `GET /presence`: who is in which room, up to 15 s ago. */
export const presenceList = z.record(z.string(), z.array(present));

/** One visit of one meeting, to the second. */
const visit = z.object({
  participant_id: z.string().min(1),
  user_id: label,
  user_name: label,
  join_time: z.number(),
  duration: z.number(),
});

/** `GET /meetings`: one page of them, the latest first. */
export const meetingsPage = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      room: z.string().min(1),
      start_time: z.number(),
      duration: z.number(),
      ongoing: z.boolean().nullish(),
      participants: z.array(visit).nullish(),
    }),
  ),
});

/** One attempt at a webhook. `request` is the body that was sent. */
const attempt = z.object({
  id: z.string().min(1),
  url: label,
  status: z.union([z.string(), z.number()]).nullish(),
  createdAt: z.string().nullish(),
  request: z.unknown().optional(),
});

/** `GET /logs/api`: one page of attempts, the latest first. */
export const attemptsPage = z.union([
  z.array(attempt),
  z.object({ data: z.array(attempt) }).transform(({ data }) => data),
]);

export type Present = z.infer<typeof present>;
export type ListedMeeting = z.infer<typeof meetingsPage>["data"][number];
export type LoggedAttempt = z.infer<typeof attempt>;
