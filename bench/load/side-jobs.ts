import { z } from "zod";

/* The jobs of one of two sides, and their answers: this commit, or the one it is compared with. */

export const sideJob = z.discriminatedUnion("kind", [
  /** Seeds a history of about `events` events, and answers the names of the cases. */
  z.object({ kind: z.literal("fill"), events: z.number() }),
  /** Answers the milliseconds of each of `questions` questions of a case, drawn from a seed. */
  z.object({
    kind: z.literal("ask"),
    name: z.string(),
    seed: z.number(),
    questions: z.number(),
  }),
  /** Starts the server with a source, and answers its port, path and secrets. */
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
