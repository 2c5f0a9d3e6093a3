import type { Server } from "node:http";
import { networkInterfaces } from "node:os";
import { EmbeddedDatabaseError } from "#db/embedded/error.ts";
import type { SignIn } from "./http/gate/decide.ts";
import { createGate, type GateHandler, type Pages } from "./http/gate/gate.ts";
import { consoleIntoLog } from "./runtime/console-log.ts";
import { ConfigurationError, givenSettings, hostInUrl, readEnv } from "./runtime/env.ts";
import { errorFrames, errorWords } from "./runtime/error-facts.ts";
import { createLog } from "./runtime/log.ts";
import { announce } from "./runtime/running.ts";
import { StartFailure } from "./runtime/start-failure.ts";
import { onStop, stopOnSignals, stopping } from "./runtime/stop.ts";
import { openStorage } from "./runtime/storage.ts";

/**
 * One process, one port, and perhaps a second for what a proxy may publish. It listens first, so that a webhook
 * that arrives while the database and Next still start waits a moment instead of being refused.
 */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog(env.logLevel);
  stopOnSignals(say);
  const development = env.mode === "development";
  if (!development) consoleIntoLog(log);

  const signIn = Promise.withResolvers<() => SignIn>();
  const webhooks = Promise.withResolvers<GateHandler>();
  const pages = Promise.withResolvers<Pages>();
  const sockets = Promise.withResolvers<void>();
  const inside = {
    signIn: signIn.promise,
    webhooks: webhooks.promise,
    pages: pages.promise,
    sockets: sockets.promise,
  };
  for (const part of Object.values(inside)) part.catch(() => undefined);
  const { publicUrl, proxies } = env;
  const gate = createGate({ development, publicUrl, proxies, inside, log });
  const own = gate.listener("own");
  const port = await listenOn(own.http, env.host, env.port, "PORT");
  const listeners = [own];
  if (env.publicPort !== null) {
    const published = gate.listener("public");
    const publicPort = await listenOn(published.http, env.host, env.publicPort, "PUBLIC_PORT");
    listeners.push(published);
    say(`What a proxy may publish is at http://${hostInUrl(env.host)}:${publicPort}`);
  }
  onStop("answers", () => Promise.all(listeners.map((one) => one.closed())));
  onStop("listening", async () => listeners.forEach((one) => void one.close()));

  // The database starts while our own modules are read.
  const opening = openStorage(env, { info: say, error: say }).then((opened) => {
    onStop("database", opened.close);
    return opened;
  });
  const [storage, { startReceiving }] = await Promise.all([opening, import("./receiving.ts")]);
  const withdraw = announce(env.dataDir, `http://${hostInUrl(env.host)}:${port}`);
  onStop("announcement", async () => withdraw());
  const projector = await startReceiving(storage, {
    log,
    toleranceMs: env.timestampToleranceMs,
    open: signIn.resolve,
    take: webhooks.resolve,
  });
  const { startShowing, setUpLink } = await import("./showing.ts");
  const shown = await startShowing(storage, {
    env,
    settings: givenSettings(process.env),
    log,
    port,
    gate,
    projector,
    there: sockets.resolve,
  });
  pages.resolve(shown);
  const address = env.publicUrl ?? `http://${shownHost(env.host)}:${port}`;
  const link = await setUpLink(address, Date.now());
  if (link !== null) {
    say(
      `Nobody signs in yet. To let others in, become the owner, once and within an hour: ${link}`,
    );
  }
  say(`Rollcall is ready at ${address}`);
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

/** How the server is called on a screen: by an address that others reach where it listens at all of them. */
function shownHost(host: string): string {
  if (host === "127.0.0.1") return "localhost";
  if (host !== "0.0.0.0" && host !== "::") return hostInUrl(host);
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return (
    addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "localhost"
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch(async (error: unknown) => {
  const hasAdvice =
    error instanceof ConfigurationError ||
    error instanceof EmbeddedDatabaseError ||
    error instanceof StartFailure;
  process.stderr.write(
    hasAdvice
      ? `${error.message}\n`
      : `Rollcall could not start: ${errorWords(error)}\n${errorFrames(error)}\n`,
  );
  await stopping(say);
  process.exit(1);
});
