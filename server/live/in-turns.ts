import { setImmediate, setTimeout as wait } from "node:timers/promises";
import type { ServerToClient } from "#domain/live/wire.ts";
import { Encoded } from "./encoded.ts";
import type { LiveServer } from "./live-server.ts";

/**
 * Sockets written to in one turn of the event loop, which takes about a fifth of a millisecond: a webhook that
 * arrives during a push to a thousand sockets needs several turns, and each of them waits for one of these.
 */
const SOCKETS_IN_A_TURN = 6;
/**
 * After so many it rests for a millisecond. What is pushed to a thousand at once keeps a processor busy here and another
 * where it is read, and a webhook waits for the database that has none of them.
 */
const SOCKETS_IN_A_ROW = 24;

/**
 * Pushes to each socket that is in one of the rooms now and still is when its turn comes. A socket that joins
 * meanwhile reads the same news itself. Resolves when the push went to all.
 */
export async function pushInTurns<E extends Exclude<keyof ServerToClient, "live:resync">>(
  io: LiveServer,
  rooms: readonly string[],
  event: E,
  ...[push]: Parameters<ServerToClient[E]>
): Promise<void> {
  const members = rooms.flatMap((room) => io.sockets.adapter.rooms.get(room) ?? []);
  const isMember = (id: string) => members.some((ids) => ids.has(id));
  const ids = [...new Set(members.flatMap((room) => [...room]))];
  const name: keyof ServerToClient = event;
  const encoded = new Encoded(push);
  for (let from = 0; from < ids.length; from += SOCKETS_IN_A_TURN) {
    if (from > 0) await (from % SOCKETS_IN_A_ROW === 0 ? wait(1) : setImmediate());
    const turn = ids.slice(from, from + SOCKETS_IN_A_TURN).filter(isMember);
    if (turn.length > 0) io.to(turn).emit(name, encoded);
  }
}
