import { RateLimiterDrizzle, type RateLimiterRes } from "rate-limiter-flexible";
import { addressesOf } from "#db/access/member-sessions.ts";
import { attemptCounts } from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { blockOf } from "#server/runtime/networks.ts";

/*
 * How often a password may be guessed. Only what failed counts. An address alone is slowed, and so is an account, but
 * from where a member has a session they may always try: nobody can be kept out by somebody else's guesses. Addresses
 * of IPv6 count as one where they are of one customer.
 */
const QUARTER_SECONDS = 900;
const HOUR_SECONDS = 3600;
const PER_ADDRESS = 30;
const PER_ADDRESS_AND_ACCOUNT = 8;
const PER_ACCOUNT = 60;

/** A password that is about to be tried. */
export interface SignInAttempt {
  /** The client's address. */
  address: string;
  /** In lower case, whether it is anybody's or not; `null` where none is named, as with a code. */
  email: string | null;
}

interface Limiters {
  byAddress: RateLimiterDrizzle;
  byBoth: RateLimiterDrizzle;
  byAccount: RateLimiterDrizzle;
}

const made = new WeakMap<Orm, Limiters>();

/**
 * Counts an attempt before it is made, so that many at once are no more than one after the other, and says how long to
 * wait in place of it; 0 to make it now. What succeeds is taken out again by `noteSuccess`.
 */
export async function beginAttempt(orm: Orm, attempt: SignInAttempt): Promise<Ms> {
  const { byAddress, byBoth, byAccount } = limitersOf(orm);
  const { email } = attempt;
  const block = blockOf(attempt.address);
  const [ofAddress, ofBoth, ofAccount] = await Promise.all([
    byAddress.penalty(block),
    email === null ? null : byBoth.penalty(keyOf(block, email)),
    email === null ? null : byAccount.penalty(email),
  ]);
  const waits = [msOver(ofAddress, PER_ADDRESS), msOver(ofBoth, PER_ADDRESS_AND_ACCOUNT)];
  const ofAll = msOver(ofAccount, PER_ACCOUNT);
  if (ofAll > 0 && email !== null) {
    const known = await addressesOf(orm, email);
    if (!known.some((address) => blockOf(address) === block)) waits.push(ofAll);
  }
  return Math.max(...waits);
}

/** Takes an attempt out of the counts, and forgets what failed from there for that account: whoever it is signed in. */
export async function noteSuccess(orm: Orm, { address, email }: SignInAttempt): Promise<void> {
  const { byAddress, byBoth, byAccount } = limitersOf(orm);
  const block = blockOf(address);
  await Promise.all([
    byAddress.reward(block),
    email === null ? null : byBoth.delete(keyOf(block, email)),
    email === null ? null : byAccount.reward(email),
  ]);
}

function msOver(found: RateLimiterRes | null, most: number): Ms {
  return found !== null && found.consumedPoints > most ? Math.max(found.msBeforeNext, 0) : 0;
}

function keyOf(address: string, email: string): string {
  return `${address} ${email}`;
}

function limitersOf(orm: Orm): Limiters {
  const before = made.get(orm);
  if (before !== undefined) return before;
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterDrizzle({
      ...{ storeClient: orm, schema: attemptCounts, keyPrefix, points, duration },
      // `clearAccess` does, with what else is over.
      clearExpiredByTimeout: false,
    });
  const own = {
    byAddress: limiter("address", PER_ADDRESS, QUARTER_SECONDS),
    byBoth: limiter("both", PER_ADDRESS_AND_ACCOUNT, QUARTER_SECONDS),
    byAccount: limiter("account", PER_ACCOUNT, HOUR_SECONDS),
  };
  made.set(orm, own);
  return own;
}
