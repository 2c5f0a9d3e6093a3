import { RateLimiterDrizzle, type RateLimiterRes } from "rate-limiter-flexible";
import { addressesOf } from "#db/access/members.ts";
import { attemptCounts } from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * How often a password may be guessed. Only what failed counts. An address alone is slowed, and so is an account, but
 * from where a member has a session they may always try: nobody can be kept out by somebody else's guesses.
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

/** How long to wait before this may be tried; 0 for now. */
export async function waitBefore(orm: Orm, { address, email }: SignInAttempt): Promise<Ms> {
  const { byAddress, byBoth, byAccount } = limitersOf(orm);
  const [ofAddress, ofBoth, ofAccount] = await Promise.all([
    byAddress.get(address),
    email === null ? null : byBoth.get(keyOf(address, email)),
    email === null ? null : byAccount.get(email),
  ]);
  const waits = [msOver(ofAddress, PER_ADDRESS), msOver(ofBoth, PER_ADDRESS_AND_ACCOUNT)];
  const ofAll = msOver(ofAccount, PER_ACCOUNT);
  if (ofAll > 0 && email !== null && !(await addressesOf(orm, email)).includes(address)) {
    waits.push(ofAll);
  }
  return Math.max(...waits);
}

/** Notes that it failed. */
export async function noteFailure(orm: Orm, { address, email }: SignInAttempt): Promise<void> {
  const { byAddress, byBoth, byAccount } = limitersOf(orm);
  await Promise.all([
    counted(byAddress, address),
    email === null ? null : counted(byBoth, keyOf(address, email)),
    email === null ? null : counted(byAccount, email),
  ]);
}

/** Forgets what failed from there for that account: whoever it is has signed in. */
export async function noteSuccess(orm: Orm, { address, email }: SignInAttempt): Promise<void> {
  if (email !== null) await limitersOf(orm).byBoth.delete(keyOf(address, email));
}

/** What is over the limit is no error here: it is asked for before the next attempt. */
async function counted(limiter: RateLimiterDrizzle, key: string): Promise<void> {
  await limiter.penalty(key);
}

function msOver(found: RateLimiterRes | null, most: number): Ms {
  return found !== null && found.consumedPoints >= most ? Math.max(found.msBeforeNext, 0) : 0;
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
