import { openDatabase } from "#db/connection/client.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { answering } from "./answering.ts";
import { type ReplayedOutput, replayJob } from "./jobs.ts";

/* A process that only replays one database, so that its memory is that of the replay. */

answering(async (message): Promise<ReplayedOutput> => {
  const { url } = replayJob.parse(message);
  const database = openDatabase(url, { max: 4 });
  const begun = performance.now();
  try {
    const lines: string[] = [];
    const { changed, read, deliveries } = await replay(database, null, (line) => lines.push(line));
    const elapsedMs = performance.now() - begun;
    // Node.js gives kilobytes on every system.
    const peakMb = process.resourceUsage().maxRSS / 1_024;
    return { changed, read, deliveries, elapsedMs, peakMb, said: lines };
  } finally {
    await database.close();
  }
});
