import { lt } from "drizzle-orm";
import { forgetJobs } from "#db/jobs/jobs.ts";
import {
  accessLinks,
  attemptCounts,
  memberSessions,
  memberVerifications,
} from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clearAnswers } from "./answered-requests.ts";

/** What came of long work is looked up for so long. */
const JOBS_KEPT_MS: Ms = 3_600_000;

/** Takes out what lets nobody in any more, and no longer keeps anybody out: it was read with its end already. */
export async function clearAccess(orm: Pick<Orm, "delete">, now: Ms): Promise<void> {
  const end = new Date(now);
  await orm.delete(memberSessions).where(lt(memberSessions.expiresAt, end));
  await orm.delete(memberVerifications).where(lt(memberVerifications.expiresAt, end));
  await orm.delete(accessLinks).where(lt(accessLinks.expiresAt, end));
  await clearAnswers(orm, now);
  await forgetJobs(orm, now - JOBS_KEPT_MS);
  await orm.delete(attemptCounts).where(lt(attemptCounts.expire, end));
}
