import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { liveKeys } from "#db/access/keys.ts";
import { rightsOfSessions, type SessionRight } from "#db/access/member-sessions.ts";
import { sessionEpoch } from "#db/access/sessions.ts";
import type { Database } from "#db/connection/client.ts";
import type { Sight } from "#domain/access/sight.ts";
import type { Recording } from "#domain/live/recording.ts";
import { PROTOCOL, type ProtocolRefusal, UNSUPPORTED_PROTOCOL } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { type Caller, callerOf, isAllowed } from "#server/http/gate/caller.ts";
import type { LiveServer, LiveSocket } from "./live-server.ts";

interface Parts {
  database: Database;
  secret: string;
  now: () => Ms;
  recording: () => Recording;
  log: { error: (about: object, message: string) => void };
}

/** How often the connected callers are checked again: a revoked key closes its sockets. */
const CHECK_EVERY_MS = 500;

const handshakeAuth = z.object({ token: z.string().max(500).optional() });
/** As a number or, in a query, as text. Clients from before there were versions send none. */
const handshakeProtocol = z.object({
  protocol: z.literal([PROTOCOL, String(PROTOCOL)]).nullish(),
});

const SPOKEN: ProtocolRefusal = {
  speaks: [PROTOCOL],
  advice: `This server speaks protocol ${PROTOCOL}: load the page again, or use a client that speaks it.`,
};

/** Of whom it is not known who they are. */
const NOTHING: Sight = { sources: [], rooms: [], masked: true };

/**
 * Admits known callers, and only for as long as they are known: a caller whose key is revoked or whose session
 * is over is disconnected within a second. Answers what each of them sees. While the database does not answer, every connected caller stays.
 */
export function admitKnown(io: LiveServer, parts: Parts): (socket: LiveSocket) => Sight {
  const callerOfSocket = new WeakMap<LiveSocket, Caller>();
  const connected = new Map<LiveSocket, Caller>();
  let timer: NodeJS.Timeout | null = null;
  let isChecking = false;
  let wasAnswered = true;

  io.use((socket, next) => {
    if (!isSpoken(socket)) {
      // Before anything else: what shows who connects may be another thing in another version.
      next(Object.assign(new Error(UNSUPPORTED_PROTOCOL), { data: SPOKEN }));
      return;
    }
    authenticate(socket, parts).then(
      (caller) => {
        if (caller !== null) callerOfSocket.set(socket, caller);
        next(refusalOf(caller));
      },
      // A caller refused for this reason learns since when: `/api/health` answers that to everyone too.
      () => next(Object.assign(new Error("unavailable"), { data: parts.recording().halted })),
    );
  });
  io.on("connection", (socket) => {
    const caller = callerOfSocket.get(socket);
    if (caller !== undefined) connected.set(socket, caller);
    timer ??= setInterval(() => void check(), CHECK_EVERY_MS).unref();
    socket.once("disconnect", () => {
      connected.delete(socket);
      if (connected.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    });
  });

  return (socket) => callerOfSocket.get(socket)?.sight ?? NOTHING;

  async function check(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      for (const socket of await noLongerKnown(connected, parts)) socket.disconnect(true);
      wasAnswered = true;
    } catch (error) {
      if (wasAnswered) parts.log.error({ err: error }, "nobody can say who may stay connected");
      wasAnswered = false;
    } finally {
      isChecking = false;
    }
  }
}

/** Why a caller cannot watch; `undefined` where they can. */
function refusalOf(caller: Caller | null): Error | undefined {
  if (caller === null) return new Error("unauthorized");
  return isAllowed(caller, "read") ? undefined : new Error("forbidden");
}

/** Whether the client speaks our version, by its `auth` and by its query. */
function isSpoken({ handshake: { auth, query } }: LiveSocket): boolean {
  return [auth ?? {}, query].every((part) => handshakeProtocol.safeParse(part).success);
}

/** The caller who connects; `null` for an unknown one. */
async function authenticate({ handshake }: LiveSocket, parts: Parts): Promise<Caller | null> {
  const { headers, auth } = handshake;
  const parsed = handshakeAuth.safeParse(auth);
  const token = parsed.data?.token ?? null;
  const credentials = { token, cookies: headers.cookie };
  return callerOf(credentials, parts.database.orm, parts.secret, parts.now());
}

/** The connected sockets whose callers would not be admitted now. */
async function noLongerKnown(
  connected: ReadonlyMap<LiveSocket, Caller>,
  { database: { orm }, now }: Parts,
): Promise<LiveSocket[]> {
  const callers = [...connected];
  const idsOf = (kind: "key" | "member") => [
    ...new Set(callers.flatMap(([, caller]) => idOf(caller, kind))),
  ];
  const [keyIds, sessionIds] = [idsOf("key"), idsOf("member")];
  const hasSessions = callers.some(([, { kind }]) => kind === "session");
  const at = now();
  const [keys, rights, epoch, everybodySignsIn] = await Promise.all([
    keyIds.length > 0 ? liveKeys(orm, keyIds, at) : new Set<string>(),
    sessionIds.length > 0 ? rightsOfSessions(orm, sessionIds, at) : new Map<string, SessionRight>(),
    hasSessions ? sessionEpoch(orm) : null,
    hasSessions && isOwned(orm),
  ]);
  const isKnown = (caller: Caller) => {
    switch (caller.kind) {
      case "key":
        return keys.has(caller.id);
      case "member":
        // With another role or sight they come in anew.
        return isDeepStrictEqual(rights.get(caller.session), rightOf(caller));
      case "session":
        return !everybodySignsIn && caller.epoch === epoch && caller.until > at;
      default:
        return caller satisfies never;
    }
  };
  return callers.filter(([, caller]) => !isKnown(caller)).map(([socket]) => socket);
}

function idOf(caller: Caller, kind: "key" | "member"): string[] {
  if (caller.kind !== kind) return [];
  return [caller.kind === "member" ? caller.session : caller.id];
}

function rightOf({ id, role, sight }: Caller & { kind: "member" }): SessionRight {
  return { memberId: id, role, sight };
}
