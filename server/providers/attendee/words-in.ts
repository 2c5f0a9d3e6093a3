import { z } from "zod";

const said = z.object({ error: z.string().optional(), detail: z.string().optional() });

/** What Attendee says in an error: `{"error": "…"}`, or `{"detail": "…"}` where its framework refused. */
export function wordsIn(json: unknown): string | null {
  const { data } = said.safeParse(json);
  return data?.error ?? data?.detail ?? null;
}
