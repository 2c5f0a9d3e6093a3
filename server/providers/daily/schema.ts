import { z } from "zod";
import { expected } from "#server/providers/contract/reading.ts";

// Daily documents every property of a payload as optional, and has changed integers to fractions
// before. So only fields without which there is no event are required, and unknown ones are ignored.

const text = z.string({ error: expected("text") });

/** Epoch seconds or a duration in seconds, with or without a fraction; absent is `null`. */
const seconds = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
    ],
    { error: expected("a number") },
  )
  .nullish();

/** Descriptive fields: one with a wrong shape is dropped, so that the person's presence is still recorded. */
const label = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

export const DailyEnvelope = z.object(
  {
    id: text.nullish(),
    type: text,
    payload: z.unknown().optional(),
    event_ts: seconds.catch(null),
  },
  { error: expected("an object") },
);

/** One connection: `participant.*` and `waiting-participant.*`. */
export const Connection = z.object(
  {
    room: text,
    session_id: text,
    user_id: label,
    user_name: label,
    owner: flag,
    joined_at: seconds,
    duration: seconds,
  },
  { error: expected("an object") },
);

/** One meeting: `meeting.*`. */
export const Meeting = z.object(
  {
    room: text,
    meeting_id: text.nullish(),
    start_ts: seconds,
    end_ts: seconds,
  },
  { error: expected("an object") },
);

export type DailyEnvelope = z.infer<typeof DailyEnvelope>;
export type Connection = z.infer<typeof Connection>;
