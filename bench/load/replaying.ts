import { openDatabase } from "#db/connection/client.ts";
import { replay } from "#server/jobs/replay.ts";
import { answering } from "./answering.ts";
import { type ReplayedOutput, replayJob } from "./jobs.ts";

/* A process that replays one database, so that its memory is that of nothing else. */

answering(async (message): Promise<ReplayedOutput> => {
  const { url } = replayJob.parse(message);
  const database = openDatabase(url, { max: 4 });
  const begun = performance.now();
  try {
    const said: string[] = [];
    const { changed, read, deliveries } = await replay(database, null, (line) => said.push(line));
    const elapsedMs = performance.now() - begun;
    // Kilobytes, whatever the system counts in.
    const peakMb = process.resourceUsage().maxRSS / 1_024;
    return { changed, read, deliveries, elapsedMs, peakMb, said };
  } finally {
    await database.close();
  }
});
