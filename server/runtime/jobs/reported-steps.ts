import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import type { Database } from "#db/connection/client.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { JobReport, jobElsewhere } from "./job-report.ts";

/** How far work is that one process of all does at a time. */
export type Steps = z.infer<typeof reportedSteps>;

const reportedSteps = z.object({
  state: z.enum(["running", "stopped"]),
  done: z.number(),
  total: z.number().nullable(),
});

/**
 * Does work that one process of all does at a time, and reports its steps to the others. Of what is done no report
 * stays; of what failed, that it stopped.
 */
export async function reportingSteps<T>(
  database: Pick<Database, "orm">,
  id: string,
  total: number | null,
  work: (onDone: (count: number) => void) => Promise<T>,
): Promise<T> {
  const steps: Steps = { state: "running", done: 0, total };
  const report = new JobReport({ database, id, progress: () => steps, stop: () => undefined });
  try {
    await report.report();
    const result = await work((count) => {
      steps.done += count;
    });
    await report.forgotten();
    return result;
  } catch (error) {
    steps.state = "stopped";
    await report.ended();
    throw error;
  }
}

/** The steps that another process reported last, stopped where it reports no more; `null` where none did. */
export async function stepsElsewhere(
  database: Pick<Database, "orm">,
  id: string,
): Promise<Steps | null> {
  // That it goes on is everybody's to know who may ask.
  const job = await seeing(WHOLE_SIGHT, () => jobElsewhere(database, id));
  const steps = reportedSteps.safeParse(job?.progress).data;
  if (job === null || steps === undefined) return null;
  return job.isSilent ? { ...steps, state: "stopped" } : steps;
}
