import { join } from "node:path";
import { sessionEpoch } from "#db/access/sessions.ts";
import { database as sharedDatabase } from "#db/connection/client.ts";
import { BEHIND_MS } from "#domain/live/recording.ts";
import { removing } from "./demo/removal.ts";
import type { Pages, RequestGate } from "./gate/gate.ts";
import { pressedFiles } from "./gate/pressed.ts";
import { drawnFor } from "./http/viewer.ts";
import { followInstallationZone } from "./http/zone.ts";
import { keepingHealth } from "./ingest/keeping.ts";
import type { ProjectorThread } from "./ingest/projector-thread.ts";
import { refusals } from "./ingest/refusals.ts";
import { sourceRebuilds } from "./jobs/rebuilding-sources.ts";
import { SearchIndexing } from "./jobs/search-indexing.ts";
import { shareRecording } from "./live/recording.ts";
import { startRelay } from "./live/relay.ts";
import { createSockets } from "./live/sockets.ts";
import { RecordingWatch } from "./live/watch.ts";
import type { Env } from "./runtime/env.ts";
import type { Logger } from "./runtime/log.ts";
import { onStop } from "./runtime/stop.ts";
import type { Storage } from "./runtime/storage.ts";

/** What people see of what is kept: the projector, the live channel, the pages, and jobs that nobody waits for. */

const TELL_EVERY_MS = 15_000;

interface Around {
  env: Env;
  log: Logger;
  port: number;
  gate: RequestGate;
  projector: ProjectorThread;
  /** Hears that the live channel takes whoever comes. */
  there: () => void;
}

export async function startShowing(
  storage: Storage,
  { env, log, port, gate, projector, there }: Around,
): Promise<Pages> {
  const begun = projector.begin();
  const database = sharedDatabase();
  const recording = new RecordingWatch(database, {
    refusals: refusals(),
    keeping: keepingHealth(),
    now: Date.now,
    log,
  });
  onStop("recording", () => recording.stop());
  shareRecording(recording.now);
  const io = createSockets(gate.sockets, {
    database,
    secret: storage.secret,
    now: Date.now,
    recording: recording.now,
    log,
  });
  onStop("sockets", () => io.close());
  const relay = await startRelay(io, database, { now: Date.now, log, recording });
  onStop("live relay", relay.stop);
  const unfollow = await followInstallationZone(database, env.timeZone, {
    log,
    // Whoever looks reads again, in the days of the new zone.
    changed: () => io.emit("live:resync"),
  });
  onStop("installation", unfollow);
  there();
  const telling = sourceRebuilds();
  const words = new SearchIndexing(database, log);
  const tellUntold = () => {
    telling.tell(database, log);
    words.tell();
  };
  tellUntold();
  const untold = setInterval(tellUntold, TELL_EVERY_MS);
  onStop("jobs", async () => {
    clearInterval(untold);
    telling.stop();
    await removing().stop();
    await words.stop();
  });

  // Nothing else is done on this thread while it is read, which takes as long as for all of ours.
  const { default: next } = await import("next");
  const development = env.mode === "development";
  const app = next({
    dev: development,
    dir: process.cwd(),
    hostname: env.host,
    port,
    httpServer: gate.screens,
    quiet: !development,
  });
  onStop("pages", () => app.close());
  await app.prepare();
  const handle = app.getRequestHandler();
  const pressed = pressedFiles(join(process.cwd(), ".next/static"), "/_next/static/");
  await begun;
  return {
    handle: async (req, res) => {
      if (pressed(req, res)) return;
      await projector.caughtUp(BEHIND_MS);
      await drawnFor(req, () => handle(req, res));
    },
    secret: storage.secret,
    epoch: () => sessionEpoch(database.orm),
  };
}
