import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { openDatabase, shareDatabase } from "#db/client.ts";
import { EmbeddedDatabaseError } from "#db/embedded/error.ts";
import { migrate } from "#db/migrate.ts";
import { directDoor } from "./direct-door.ts";
import { ConfigurationError, type Env, readEnv } from "./env.ts";
import { retellingSources } from "./jobs/retelling-sources.ts";
import { retellStale } from "./jobs/stale.ts";
import { startRelay } from "./live/relay.ts";
import { createSockets } from "./live/sockets.ts";
import { createLog } from "./log.ts";
import { guardPages } from "./pages.ts";
import { door } from "./process.ts";
import { announce } from "./running.ts";
import { StartFailure } from "./start-failure.ts";
import { onStop, stopOnSignals, stopping } from "./stop.ts";
import { openStorage } from "./storage.ts";

const STALE_EVERY_MS = 15_000;
/** How long a stop waits for answers on their way. */
const ANSWERS_MS = 3_000;

/**
 * One process, one port. It listens first, so that a webhook which comes while the database and Next are
 * still starting waits a moment instead of being refused.
 */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog(env.logLevel);
  stopOnSignals(say);
  const dev = env.mode === "development";

  const ready = Promise.withResolvers<void>();
  const pages =
    Promise.withResolvers<(req: IncomingMessage, res: ServerResponse) => Promise<void>>();
  ready.promise.catch(() => undefined);
  pages.promise.catch(() => undefined);
  const http = createServer((req, res) => {
    const answered = req.method === "POST" && req.url?.startsWith("/api/webhooks/");
    const handled = answered
      ? ready.promise.then(() => webhooks(req, res))
      : pages.promise.then((handle) => handle(req, res));
    handled.catch((error: unknown) => {
      log.error({ err: error }, "request failed");
      if (!res.headersSent) res.writeHead(503, { "retry-after": "1" });
      res.end();
    });
  });
  const webhooks = directDoor();
  const port = await listenOn(http, env);

  const storage = await openStorage(env, { info: say, error: say });
  onStop("database", storage.close);
  await migrate(storage.url);
  process.env["DATABASE_URL"] = storage.url;
  process.env["ROLLCALL_SECRET"] = storage.secret;
  const database = openDatabase(storage.url);
  onStop("connections", database.close);
  shareDatabase(database);

  const io = createSockets(http, { database, secret: storage.secret, now: Date.now, log });
  const relay = await startRelay(io, database, { now: Date.now, log });
  onStop("live relay", relay.stop);
  const stale = setInterval(() => {
    retellStale(database, Date.now()).catch((error: unknown) => {
      log.error({ err: error }, "stale meetings were not told again");
    });
  }, STALE_EVERY_MS);
  retellingSources()
    .start(database)
    .catch((error: unknown) => log.error({ err: error }, "a source was not told again"));
  onStop("answers", () => closed(http));
  onStop("webhooks", () => door().batcher.drain());
  onStop("jobs", async () => {
    clearInterval(stale);
    retellingSources().stop();
  });
  onStop("sockets", () => io.close());
  const withdraw = announce(env.dataDir, `http://${address(env.host)}:${port}`);
  onStop("announcement", async () => withdraw());
  ready.resolve();

  const app = next({
    dev,
    dir: process.cwd(),
    hostname: env.host,
    port,
    httpServer: http,
    quiet: !dev,
  });
  await app.prepare();
  onStop("pages", () => app.close());
  pages.resolve(guardPages(app.getRequestHandler(), storage.secret));
  say(`Rollcall is ready at ${env.publicUrl ?? `http://${shown(env.host)}:${port}`}`);
}

/** Waits until every answer is sent; connections that only wait for more are cut. */
function closed(http: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    const cut = setInterval(() => http.closeIdleConnections(), 20);
    http.once("close", () => clearInterval(cut));
    if (!http.listening) resolve();
    setTimeout(() => http.closeAllConnections(), ANSWERS_MS).unref();
  });
}

function listenOn(http: ReturnType<typeof createServer>, env: Env): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new StartFailure(
              `Port ${env.port} is in use: stop what listens there, or set PORT to another.`,
            )
          : new StartFailure(
              `Cannot listen on ${env.host}:${env.port} (${error.code}): set HOST or PORT.`,
            ),
      );
    });
    http.listen(env.port, env.host, () => {
      const address = http.address();
      resolve(typeof address === "object" && address !== null ? address.port : env.port);
    });
  });
}

function address(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function shown(host: string): string {
  return host === "127.0.0.1" ? "localhost" : address(host);
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
    known ? `${error.message}\n` : `Rollcall could not start: ${String(error)}\n`,
  );
  if (!known && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  await stopping(say);
  process.exit(1);
});
