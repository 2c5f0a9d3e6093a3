import { limitedSources } from "#db/privacy/retention/retained.ts";
import { isOverdue } from "#domain/privacy/retention/retention.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { bad, type Check, good } from "./check.ts";
import type { CliContext } from "./command.ts";

/** Whether what sources keep no longer is done away with. */
export async function expiry({ database: { orm } }: CliContext): Promise<Check> {
  const all = await limitedSources(orm);
  if (all.length === 0) return good("expiry", "every source keeps everything");
  const detail = all
    .map(({ name, retained }) => {
      if (retained === null) return `${name}: not looked at yet`;
      const { doneAt, begunAt, deliveries, meetings } = retained;
      if (doneAt === null) return `${name}: under way since ${toWireTime(begunAt)}`;
      return `${name}: ${deliveries} deliveries and the people of ${meetings} meetings went at ${toWireTime(doneAt)}`;
    })
    .join("; ");
  const isLate = all.some(({ retained }) => retained !== null && isOverdue(retained, Date.now()));
  if (!isLate) return good("expiry", detail);
  const advice = "A running server does it once a day: start it, and look at its log.";
  return bad("expiry", `${detail}; this is late`, advice);
}
