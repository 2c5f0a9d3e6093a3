import { RateLimiterMemory } from "rate-limiter-flexible";
import { findShare, noteShareOpened, type OpenShare } from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import type { ShareKind } from "#domain/access/shares/share.ts";
import type { Ms } from "#domain/time/ms.ts";
import { holderOfLink } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { onceAMinute } from "#server/http/gate/once-a-minute.ts";
import { auditRead } from "#server/runtime/audit.ts";

/** So many links that never were may be tried from one address, in so many seconds. */
const MOST_UNKNOWN = 30;
const PER_SECONDS = 900;
const unknown = new RateLimiterMemory({ points: MOST_UNKNOWN, duration: PER_SECONDS });

/** Links that this process has found: they go on opening for an address from which others are only guessed at. */
const found = new Set<string>();
const MOST_FOUND = 10_000;

/** How a link is opened: its page, which counts as opening it, or what that page asks for from then on. */
type Opening = "page" | "data";

/**
 * The link with this token, if it shows a thing of this kind now: this is the one place where a link is opened. Throws
 * 404 where it never was or is over, without saying which, and 429 where too many that never were are tried.
 */
export async function openShare(
  token: string,
  kind: ShareKind,
  from: { address: string; opening: Opening },
  now: Ms = Date.now(),
): Promise<OpenShare> {
  const { address, opening } = from;
  if (!found.has(token)) await refuseGuesses(address);
  const { orm } = database();
  const answer = await findShare(orm, token, kind, now);
  if (answer.is === "unknown") await unknown.penalty(address);
  if (answer.is !== "open") {
    found.delete(token);
    throw notFound("link");
  }
  const { share } = answer;
  if (found.size >= MOST_FOUND) found.clear();
  found.add(token);
  if (opening === "page" || isDue(share.id, now)) {
    // This is only shown to people: a page is shown although it could not be noted.
    noteShareOpened(orm, share.id, now, opening === "page").catch(() => undefined);
  }
  if (opening === "page") {
    const by = holderOfLink({ address, userAgent: null });
    const about = { kind: "share", id: share.id, label: null } as const;
    void auditRead(by, { action: "share.opened", about, details: {} });
  }
  return share;
}

const isDue = onceAMinute();

async function refuseGuesses(address: string): Promise<void> {
  const tried = await unknown.get(address);
  if (tried === null || tried.consumedPoints < MOST_UNKNOWN) return;
  const retryAfterSeconds = Math.ceil(tried.msBeforeNext / 1000);
  const message = "Too many links that do not exist were opened from there. Wait a little.";
  throw new ApiError(429, "too_many_attempts", message, { retryAfterSeconds });
}
