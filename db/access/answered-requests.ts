import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { answeredRequests } from "#db/schema/audit.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How long an answer is kept. */
const ANSWERS_KEPT_MS: Ms = 86_400_000;
/** What was begun and not answered for so long was cut off with its process: it may be begun again. */
export const CUT_OFF_AFTER_MS: Ms = 600_000;

/** A request by who sent it and the key that they gave it. */
export interface KeyedRequest {
  caller: string;
  key: string;
}

/** What is known of a request that comes with a key: it is to be done now, is being done, was done, or is another. */
export type RequestBefore = "begun" | "under_way" | "another" | { sealed: Buffer };

const {
  caller: CALLER,
  key: KEY,
  fingerprint: FINGERPRINT,
  at: AT,
  sealed: SEALED,
} = answeredRequests;

/** Begins a request, unless one with its key is there: of several that come at once one is begun. */
export async function beginRequest(
  orm: Pick<Orm, "insert" | "select">,
  { caller, key }: KeyedRequest,
  fingerprint: Buffer,
  now: Ms,
): Promise<RequestBefore> {
  const isCutOff = and(
    isNull(SEALED),
    lt(AT, now - CUT_OFF_AFTER_MS),
    sql`${FINGERPRINT} = excluded.fingerprint`,
  );
  const begun = await orm
    .insert(answeredRequests)
    .values({ caller, key, fingerprint, at: now })
    .onConflictDoUpdate({
      target: [CALLER, KEY],
      set: { fingerprint, at: now, sealed: null },
      setWhere: sql`${lt(AT, now - ANSWERS_KEPT_MS)} or (${isCutOff})`,
    })
    .returning({ at: AT });
  if (begun.length > 0) return "begun";
  const [before] = await orm
    .select({ fingerprint: FINGERPRINT, sealed: SEALED })
    .from(answeredRequests)
    .where(isOf({ caller, key }));
  // It was given up in between, and may be begun by who asks again.
  if (before === undefined) return "under_way";
  if (!before.fingerprint.equals(fingerprint)) return "another";
  return before.sealed === null ? "under_way" : { sealed: before.sealed };
}

/** Keeps what a begun request was answered. */
export async function keepAnswer(
  orm: Pick<Orm, "update">,
  request: KeyedRequest,
  sealed: Buffer,
): Promise<void> {
  await orm.update(answeredRequests).set({ sealed }).where(isOf(request));
}

/** Lets a begun request be begun again, because nothing came of it. */
export async function giveUpRequest(
  orm: Pick<Orm, "delete">,
  request: KeyedRequest,
): Promise<void> {
  await orm.delete(answeredRequests).where(and(isOf(request), isNull(SEALED)));
}

/** Takes out the answers that are kept no longer; all of them without a moment. */
export async function clearAnswers(orm: Pick<Orm, "delete">, now: Ms | null = null): Promise<void> {
  const isOver = now === null ? undefined : lt(AT, now - ANSWERS_KEPT_MS);
  await orm.delete(answeredRequests).where(isOver);
}

function isOf({ caller, key }: KeyedRequest) {
  return and(eq(CALLER, caller), eq(KEY, key));
}
