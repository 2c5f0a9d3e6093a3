import * as z from "zod/mini";
import { about, time } from "#server/http/schema.ts";

export const roomMessage = z.object({
  source_id: z.string(),
  room: z.string(),
  message: about(
    z.nullable(z.object({ text: z.string(), by: z.string(), at: time })),
    "What those who wait are told; it is over twelve hours after it was written",
  ),
});
