import type { Server } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase, shareDatabase } from "#db/client.ts";
import { EmbeddedDatabaseError } from "#db/embedded/error.ts";
import { sessionEpoch } from "#db/sessions.ts";
import { BEHIND_MS } from "#domain/recording.ts";
import { consoleIntoLog } from "./console-log.ts";
import { removing } from "./demo/removal.ts";
import { directDoor } from "./direct-door.ts";
import { ConfigurationError, hostInUrl, readEnv } from "./env.ts";
import { errorFrames, errorWords } from "./error-facts.ts";
import { createGate, type Handler, type Pages } from "./gate/gate.ts";
import { pressedFiles } from "./gate/pressed.ts";
import { keeping } from "./ingest/keeping.ts";
import { shareProjecting } from "./ingest/projecting.ts";
import { ProjectorThread } from "./ingest/projector-thread.ts";
import { retellingSources } from "./jobs/retelling-sources.ts";
import { TellingWords } from "./jobs/telling-words.ts";
import { startRelay } from "./live/relay.ts";
import { createSockets } from "./live/sockets.ts";
import { createLog } from "./log.ts";
import { door } from "./process.ts";
import { tellRecordingBy } from "./recording/recording.ts";
import { refusals } from "./recording/refusals.ts";
import { RecordingWatch } from "./recording/watch.ts";
import { announce } from "./running.ts";
import { StartFailure } from "./start-failure.ts";
import { onStop, stopOnSignals, stopping } from "./stop.ts";
import { bringUpToDate, openStorage } from "./storage.ts";
import { drawnFor } from "./viewer/viewer.ts";
import { followHome } from "./zone.ts";

const TELL_EVERY_MS = 15_000;
const PROJECTOR = new URL("./ingest/projector-work.ts", import.meta.url);
/** How long the pages wait for the webhooks that came before everything was ready. */
const FIRST_WEBHOOKS_MS = 500;

/**
 * One process, one port, and perhaps another for what a proxy may publish. It listens first, so that a
 * webhook which comes while the database and Next are still starting waits a moment instead of being refused.
 */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog(env.logLevel);
  stopOnSignals(say);
  const dev = env.mode === "development";
  if (!dev) consoleIntoLog(log);

  const webhooks = Promise.withResolvers<Handler>();
  const pages = Promise.withResolvers<Pages>();
  const inside = { webhooks: webhooks.promise, pages: pages.promise };
  for (const part of Object.values(inside)) part.catch(() => undefined);
  const gate = createGate({ development: dev, inside, log });
  const own = gate.listener("own");
  const port = await listenOn(own.http, env.host, env.port, "PORT");
  const listeners = [own];
  if (env.publicPort !== null) {
    const published = gate.listener("public");
    const publicPort = await listenOn(published.http, env.host, env.publicPort, "PUBLIC_PORT");
    listeners.push(published);
    say(`What a proxy may publish is at http://${hostInUrl(env.host)}:${publicPort}`);
  }

  const storage = await openStorage(env, { info: say, error: say });
  onStop("database", storage.close);
  await bringUpToDate(storage);
  process.env["DATABASE_URL"] = storage.url;
  process.env["ROLLCALL_SECRET"] = storage.secret;
  const database = openDatabase(storage.url);
  onStop("connections", database.close);
  shareDatabase(database);

  const recording = new RecordingWatch(database, {
    refusals: refusals(),
    keeping: keeping(),
    now: Date.now,
    log,
  });
  onStop("recording", () => recording.stop());
  tellRecordingBy(recording.now);
  const io = createSockets(gate.sockets, {
    database,
    secret: storage.secret,
    now: Date.now,
    recording: recording.now,
    log,
  });
  const relay = await startRelay(io, database, { now: Date.now, log, recording });
  onStop("live relay", relay.stop);
  const unfollow = await followHome(database, env.timeZone, {
    // Whoever looks reads again, in the days of the new zone.
    changed: () => io.emit("live:resync"),
    failed: (error) => log.error({ err: error }, "the installation's zone could not be read"),
  });
  onStop("installation", unfollow);
  const telling = retellingSources();
  telling.tell(database, log);
  const words = new TellingWords(database, log);
  words.tell();
  const untold = setInterval(() => {
    telling.tell(database, log);
    words.tell();
  }, TELL_EVERY_MS);
  let closePages: () => Promise<void> = async () => undefined;
  onStop("pages", () => closePages());
  onStop("answers", () => Promise.all(listeners.map((one) => one.closed())));
  onStop("webhooks", () => door().intake.drain());
  onStop("jobs", async () => {
    clearInterval(untold);
    telling.stop();
    await removing().stop();
    await words.stop();
  });
  onStop("sockets", () => io.close());
  onStop("listening", async () => listeners.forEach((one) => void one.close()));
  const withdraw = announce(env.dataDir, `http://${hostInUrl(env.host)}:${port}`);
  onStop("announcement", async () => withdraw());
  const projector = new ProjectorThread(PROJECTOR, log);
  shareProjecting(projector);
  const early = earlyAnswers(directDoor());
  webhooks.resolve(early.handle);
  await Promise.race([early.answered(), pause(FIRST_WEBHOOKS_MS)]);
  const begun = projector.begin();

  // Nothing else is done on this thread while it is read, which takes as long as for all of ours.
  const { default: next } = await import("next");
  const app = next({
    dev,
    dir: process.cwd(),
    hostname: env.host,
    port,
    httpServer: gate.screens,
    quiet: !dev,
  });
  closePages = () => app.close();
  await app.prepare();
  const handle = app.getRequestHandler();
  const pressed = pressedFiles(join(process.cwd(), ".next/static"), "/_next/static/");
  pages.resolve({
    handle: async (req, res) => {
      if (pressed(req, res)) return;
      await projector.caughtUp(BEHIND_MS);
      await drawnFor(req, () => handle(req, res));
    },
    secret: storage.secret,
    epoch: () => sessionEpoch(database.orm),
  });
  await begun;
  say(`Rollcall is ready at ${env.publicUrl ?? `http://${shown(env.host)}:${port}`}`);
}

/** A handler, and when all is answered that waited for it; whoever comes later is not counted. */
function earlyAnswers(handler: Handler): { handle: Handler; answered: () => Promise<unknown> } {
  let early: Promise<void>[] | null = [];
  return {
    handle(req, res) {
      const answer = handler(req, res);
      early?.push(answer);
      return answer;
    },
    async answered() {
      // Those that waited for the handler are handed to it first.
      await new Promise(setImmediate);
      const all = early ?? [];
      early = null;
      await Promise.allSettled(all);
    },
  };
}

function listenOn(
  http: Server,
  host: string,
  port: number,
  variable: "PORT" | "PUBLIC_PORT",
): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new StartFailure(
              `Port ${port} is in use: stop what listens there, or set ${variable} to another.`,
            )
          : new StartFailure(
              `Cannot listen on ${host}:${port} (${error.code}): set HOST or ${variable}.`,
            ),
      );
    });
    http.listen(port, host, () => {
      const address = http.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function shown(host: string): string {
  return host === "127.0.0.1" ? "localhost" : hostInUrl(host);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch(async (error: unknown) => {
  const known =
    error instanceof ConfigurationError ||
    error instanceof EmbeddedDatabaseError ||
    error instanceof StartFailure;
  process.stderr.write(
    known
      ? `${error.message}\n`
      : `Rollcall could not start: ${errorWords(error)}\n${errorFrames(error)}\n`,
  );
  await stopping(say);
  process.exit(1);
});
