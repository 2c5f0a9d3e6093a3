import { z } from "zod";

/* What one of two sides is asked, and what it answers: this commit, or the one it is held against. */

export const sideJob = z.discriminatedUnion("kind", [
  /** Fills a history of about so many events, and answers which cases there are. */
  z.object({ kind: z.literal("fill"), events: z.number() }),
  /** Answers how many milliseconds each of so many questions of a case took, drawn from a seed. */
  z.object({
    kind: z.literal("ask"),
    name: z.string(),
    seed: z.number(),
    questions: z.number(),
  }),
  /** Starts the server with a source, and answers where it is. */
  z.object({ kind: z.literal("serve") }),
  /** Answers the latest meeting of a room. */
  z.object({ kind: z.literal("meeting"), room: z.string() }),
]);
export type SideJob = z.infer<typeof sideJob>;

export const sideAnswer = z.object({
  cases: z.array(z.string()).optional(),
  ms: z.array(z.number()).optional(),
  served: z
    .object({
      port: z.number(),
      token: z.string(),
      source: z.string(),
      secret: z.string(),
      path: z.string(),
    })
    .optional(),
  meeting: z.string().optional(),
});
export type SideAnswer = z.infer<typeof sideAnswer>;
