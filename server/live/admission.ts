import { z } from "zod";
import { liveKeys } from "#db/access/keys.ts";
import { sessionEpoch } from "#db/access/sessions.ts";
import type { Database } from "#db/connection/client.ts";
import type { Recording } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Caller, callerOf } from "#server/gate/caller.ts";
import type { LiveServer, LiveSocket } from "./relay.ts";

interface Parts {
  database: Database;
  secret: string;
  now: () => Ms;
  recording: () => Recording;
  log: { error: (about: object, message: string) => void };
}

/** So often is asked who of those that are connected may still be: a key that is revoked closes its sockets. */
const CHECK_EVERY_MS = 500;

const handshakeAuth = z.object({ token: z.string().max(500).optional() });

/**
 * Lets known callers in, and only for as long as they are known: whose key is revoked, whose session ended or
 * was ended, is disconnected within a second. Where the database does not answer, everybody stays.
 */
export function admitKnown(io: LiveServer, parts: Parts): void {
  const known = new WeakMap<LiveSocket, Caller>();
  const inside = new Map<LiveSocket, Caller>();
  let timer: NodeJS.Timeout | null = null;
  let isChecking = false;
  let wasAnswered = true;

  io.use((socket, next) => {
    knock(socket, parts).then(
      (caller) => {
        if (caller !== null) known.set(socket, caller);
        next(caller === null ? new Error("unauthorized") : undefined);
      },
      // Whoever may not be let in for it is told since when; that much `/api/health` tells everybody.
      () => next(Object.assign(new Error("unavailable"), { data: parts.recording().halted })),
    );
  });
  io.on("connection", (socket) => {
    const caller = known.get(socket);
    if (caller !== undefined) inside.set(socket, caller);
    timer ??= setInterval(() => void check(), CHECK_EVERY_MS).unref();
    socket.once("disconnect", () => {
      inside.delete(socket);
      if (inside.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    });
  });

  async function check(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      for (const socket of await strangersAmong(inside, parts)) socket.disconnect(true);
      wasAnswered = true;
    } catch (error) {
      if (wasAnswered) parts.log.error({ err: error }, "nobody can say who may stay connected");
      wasAnswered = false;
    } finally {
      isChecking = false;
    }
  }
}

/** Who knocks; `null` for a stranger. */
async function knock({ handshake }: LiveSocket, parts: Parts): Promise<Caller | null> {
  const { headers, auth } = handshake;
  const parsed = handshakeAuth.safeParse(auth);
  const token = parsed.data?.token ?? null;
  const credentials = {
    token,
    cookies: headers.cookie,
    host: headers.host,
    origin: headers.origin,
  };
  return callerOf(credentials, parts.database.orm, parts.secret, parts.now());
}

/** Those who were let in and would not be now. */
async function strangersAmong(
  inside: ReadonlyMap<LiveSocket, Caller>,
  { database: { orm }, now }: Parts,
): Promise<LiveSocket[]> {
  const callers = [...inside];
  const ids = new Set(callers.flatMap(([, caller]) => (caller.kind === "key" ? [caller.id] : [])));
  const hasSessions = callers.some(([, { kind }]) => kind === "session");
  const [keys, epoch] = await Promise.all([
    ids.size > 0 ? liveKeys(orm, [...ids]) : new Set<string>(),
    hasSessions ? sessionEpoch(orm) : null,
  ]);
  const at = now();
  const isKnown = (caller: Caller) =>
    caller.kind === "key" ? keys.has(caller.id) : caller.epoch === epoch && caller.until > at;
  return callers.filter(([, caller]) => !isKnown(caller)).map(([socket]) => socket);
}
