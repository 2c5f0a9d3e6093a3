import { RateLimiterMemory } from "rate-limiter-flexible";
import { noteShareOpened } from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import type { Lobby } from "#domain/desk/lobby/lobby.ts";
import type { Ms } from "#domain/time/ms.ts";
import { onceAMinute } from "#server/http/gate/once-a-minute.ts";
import { lobbies } from "./lobbies.ts";

/** A page asks twelve times a minute; behind one address there may be a whole house. */
const ASKED = new RateLimiterMemory({ points: 1_200, duration: 60 });
/** So many links that never were may be tried from one address, in so many seconds. */
const UNKNOWN = new RateLimiterMemory({ points: 30, duration: 900 });
const isDue = onceAMinute();

/** What somebody who asks for the page of a link is answered. */
export type OpenedLobby =
  | { is: "open"; lobby: Lobby }
  | { is: "unknown" }
  | { is: "too often"; retryAfterSeconds: number };

/** Opens the page of a link for who waits: this is the one place where that is done. */
export async function openLobby(
  token: string,
  { address, since, now = Date.now() }: { address: string; since: Ms | null; now?: Ms },
): Promise<OpenedLobby> {
  const asked = await ASKED.consume(address).catch((refused: unknown) => waitOf(refused));
  if (typeof asked === "number") return { is: "too often", retryAfterSeconds: asked };
  const found = await lobbies().find(token, since);
  if (found === null) {
    const tried = await UNKNOWN.consume(address).catch((refused: unknown) => waitOf(refused));
    return typeof tried === "number"
      ? { is: "too often", retryAfterSeconds: tried }
      : { is: "unknown" };
  }
  if (isDue(found.shareId, now)) {
    // A page is shown although it could not be noted.
    noteShareOpened(database().orm, found.shareId, now, true).catch(() => undefined);
  }
  return { is: "open", lobby: found.lobby };
}

/** How long somebody has to wait who asked too often. Throws what is no such refusal. */
function waitOf(refused: unknown): number {
  const ms: unknown = Reflect.get(Object(refused), "msBeforeNext");
  if (typeof ms !== "number") throw refused;
  return Math.max(1, Math.ceil(ms / 1_000));
}
