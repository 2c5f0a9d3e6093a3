import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clearAccess } from "#db/access/clearing.ts";
import { makeLink } from "#db/access/links.ts";
import { seeing } from "#db/access/sight/seeing.ts";
import { database as sharedDatabase } from "#db/connection/client.ts";
import { BEHIND_MS } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isOwned } from "./access/sign-in/owned.ts";
import { setPassphrase } from "./backup/passphrase.ts";
import { scheduledBackups } from "./backup/scheduled-backups.ts";
import { removing } from "./demo/removal.ts";
import { AskedActsOnScreen } from "./desk/acts/asked-on-screen.ts";
import { openAlertsOnScreen } from "./desk/alerts/open-alerts.ts";
import { AlertWatch } from "./desk/alerts/watch.ts";
import { DeskPushes, readDeskFor } from "./desk/pushes.ts";
import { pageAdmission } from "./http/gate/admit-page.ts";
import { compressedFiles } from "./http/gate/compressed.ts";
import type { Pages, RequestGate } from "./http/gate/gate.ts";
import { withViewer } from "./http/viewer.ts";
import { followInstallationZone } from "./http/zone.ts";
import { keepingHealth } from "./ingest/keeping.ts";
import type { ProjectorThread } from "./ingest/projector-thread.ts";
import { refusals } from "./ingest/refusals.ts";
import { Sender } from "./integrations/outgoing/sending/sender.ts";
import { shareRecording } from "./live/recording.ts";
import { startRelay } from "./live/relay.ts";
import { createSockets } from "./live/sockets.ts";
import { RecordingWatch } from "./live/watch.ts";
import { erasing } from "./privacy/erasure/erasing.ts";
import { expiryJob } from "./privacy/retention/expiry-job.ts";
import { processCounts } from "./runtime/counts.ts";
import type { Env } from "./runtime/env.ts";
import { sourceDeletions } from "./runtime/jobs/deleting-sources.ts";
import { sourceRebuilds } from "./runtime/jobs/rebuilding-sources.ts";
import { SearchIndexing } from "./runtime/jobs/search-indexing.ts";
import { auditTrimming } from "./runtime/jobs/trimming-audit.ts";
import { deliveryTrimming } from "./runtime/jobs/trimming-deliveries.ts";
import type { Logger } from "./runtime/log.ts";
import { onStop } from "./runtime/stop.ts";
import type { Storage } from "./runtime/storage.ts";
import { CatchingUp } from "./sources/catching-up/catching-up.ts";
import { replays } from "./sources/deliveries/replays.ts";

/** Starts what people need: the projector, the live channel, the pages, and the jobs in the background. */

const REBUILD_EVERY_MS = 15_000;
const CLEAR_EVERY_MS = 3_600_000;

interface Context {
  env: Env;
  /** The environment variables of Rollcall that are set, for backups. */
  settings: Readonly<Record<string, string>>;
  log: Logger;
  port: number;
  gate: RequestGate;
  projector: ProjectorThread;
  /** Called when the live channel takes connections. */
  there: () => void;
}

export async function startShowing(
  storage: Storage,
  { env, settings, log, port, gate, projector, there }: Context,
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
  const alerts = openAlertsOnScreen({ database, now: Date.now, log });
  const acts = new AskedActsOnScreen({ database, now: Date.now, log });
  const io = createSockets(gate.sockets, {
    database,
    secret: storage.secret,
    now: Date.now,
    recording: recording.now,
    readDesk: readDeskFor,
    openAlerts: (sight) => alerts.shown(sight),
    askedActs: (sight) => acts.shown(sight),
    log,
  });
  onStop("sockets", () => io.close());
  processCounts().sockets = () => io.of("/").sockets.size;
  const desk = new DeskPushes({ io, database, now: Date.now, log });
  const relay = await startRelay(io, database, {
    now: Date.now,
    ...{ log, recording, desk, alerts, acts },
  });
  onStop("live relay", async () => {
    await relay.stop();
    await desk.stop();
    await alerts.stop();
    await acts.stop();
  });
  const unfollow = await followInstallationZone(database, env.timeZone, {
    log,
    // Browsers read again, with the days of the new zone.
    changed: () => io.emit("live:resync"),
  });
  onStop("installation", unfollow);
  there();
  const rebuilds = sourceRebuilds();
  const deletions = sourceDeletions();
  const searchWords = new SearchIndexing(database, log);
  const { backups } = env;
  const { secret } = storage;
  const passphrase = () => setPassphrase(env);
  const repeated = [
    auditTrimming(database, log),
    expiryJob(database, secret, log),
    deliveryTrimming(database, log),
    ...(backups === null
      ? []
      : [scheduledBackups(database, { backups, secret, settings, passphrase }, log)]),
  ];
  const rebuildOutdated = () => {
    rebuilds.startInBackground(database, log);
    deletions.startInBackground(database, log);
    searchWords.start();
  };
  const sender = new Sender(
    {
      ...{ database, secret: storage.secret, allowed: env.allowedNetworks },
      ...{ now: Date.now, chance: Math.random },
    },
    log,
  );
  sender.start();
  const catchingUp = new CatchingUp({
    ...{ database, projector, secret: storage.secret, providerApi: env.providerApi },
    ...{ allowed: env.allowedNetworks, now: Date.now, chance: Math.random, log },
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  });
  catchingUp.start();
  const alertWatch = new AlertWatch({
    ...{ database, now: Date.now, log },
    sending: {
      ...{ secret, allowed: env.allowedNetworks, mail: env.mail, publicUrl: env.publicUrl },
    },
  });
  alertWatch.start();
  rebuildOutdated();
  erasing().resume(database, storage.secret, log);
  const rebuilding = setInterval(rebuildOutdated, REBUILD_EVERY_MS);
  const clearing = setInterval(() => {
    clearAccess(database.orm, Date.now()).catch((error: unknown) =>
      log.error({ err: error }, "sessions and links that are over could not be cleared"),
    );
  }, CLEAR_EVERY_MS);
  onStop("jobs", async () => {
    clearInterval(rebuilding);
    clearInterval(clearing);
    rebuilds.stop();
    await deletions.stop();
    await removing().stop();
    await erasing().stop();
    await searchWords.stop();
    await Promise.all(repeated.map((job) => job.stop()));
    await replays().stop();
    await alertWatch.stop();
    await sender.stop();
    await catchingUp.stop();
  });

  // Next is imported last: reading it takes as long as all our own modules, and blocks this thread.
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
  const serveCompressed = compressedFiles(join(process.cwd(), ".next/static"), "/_next/static/");
  await begun;
  return {
    admit: pageAdmission({ orm: database.orm, secret: storage.secret, now: Date.now }),
    handle: async (req, res, caller) => {
      if (serveCompressed(req, res)) return;
      await projector.caughtUp(BEHIND_MS);
      const draw = () => handle(req, res);
      await withViewer(req, caller, () => (caller === null ? draw() : seeing(caller.sight, draw)));
    },
  };
}

/** The link by which somebody becomes the owner, new with each start; `null` once there is one. */
export async function setUpLink(address: string, now: Ms): Promise<string | null> {
  const { orm } = sharedDatabase();
  if (await isOwned(orm)) return null;
  return `${address}/join/${await makeLink(orm, "set_up", null, now)}`;
}
