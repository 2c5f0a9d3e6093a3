import { isWhole } from "#domain/access/sight.ts";
import type { Thing, Triple } from "./asking.ts";
import { mayAtAll, type SightCaller } from "./callers.ts";
import { OPEN } from "./pages.ts";

/*
 * What somebody may be answered, by the pure functions of roles, scopes and sights alone: a status, or whatever a writer
 * may be told.
 */

const ANY_WRITTEN = [200, 201, 202, 400, 404, 409, 422];
/** Of what somebody says of themself, or an owner of others. */
const ANY_OF_PEOPLE = [...ANY_WRITTEN, 403, 410, 429];

/** Of an operation of the API. */
export function allowedStatuses(
  { operation, things, written }: Triple,
  caller: SightCaller,
): readonly number[] {
  const { who, ofPart = true, method, path } = operation;
  const { sight } = caller;
  if (who !== "anybody") {
    if (caller.who === null) return [401];
    if (!mayAtAll(caller, who)) return [403];
    if (!ofPart && !isWhole(sight)) return [403];
    if (who === "owner" || who === "self") return method === "GET" ? [200, 404] : ANY_OF_PEOPLE;
  }
  // A body that names what is not there is answered 400 where that is a mistake of the body.
  if (written.some(({ isSeen }) => !isSeen(sight))) return [400, 404];
  if (path === "/api/v1/links/{token}") return [410];
  // No mail is set up.
  if (path === "/api/v1/password-resets") return [404];
  // Whoever guesses at links has to wait.
  if (/\/(?:shared|wallboards)\/\{token\}$/.test(path)) return [404, 429];
  // A busy machine's database may answer too late for it, and it says so.
  if (path.startsWith("/api/health")) return [200, 503];
  if (things.some(({ isSeen }) => !isSeen(sight))) return [404];
  // What is seen may still be refused for another reason, as two people who were never together.
  return method === "GET" ? [200, 409, 422] : ANY_WRITTEN;
}

/** Of a page: a stranger is led to sign in, and no key opens one. */
export function pageStatus(path: string, thing: Thing | null, caller: SightCaller): number {
  // A link that is over says so.
  if (path === "/join/[token]") return 200;
  // Nobody here owes a code, so everybody is led on.
  if (path === "/second-factor") return 307;
  if (OPEN.includes(path)) return thing?.isSeen(caller.sight) === false ? 404 : 200;
  if (caller.who?.kind !== "member") return 303;
  // A page that is not for them says so, whatever it is about.
  if (path.startsWith("/deliveries/") && !mayAtAll(caller, "write")) return 200;
  // What is about the whole installation is not there for who may not set it up.
  if (path.startsWith("/endpoints/") && !mayAtAll(caller, "manage")) return 404;
  // Who sees initials writes no rosters.
  if (caller.sight.masked && path.endsWith("/edit")) return 404;
  return thing?.isSeen(caller.sight) === false ? 404 : 200;
}

/** Of a handshake: why it is refused; `null` where it is not. */
export function handshakeRefusal(caller: SightCaller): "unauthorized" | "forbidden" | null {
  if (caller.who === null) return "unauthorized";
  return mayAtAll(caller, "read") ? null : "forbidden";
}
