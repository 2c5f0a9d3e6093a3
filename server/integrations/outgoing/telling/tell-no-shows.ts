import { listScheduled } from "#db/scheduled/reading-scheduled.ts";
import { heardBetween } from "#db/sources/hearing.ts";
import type { Orm } from "#db/sql/orm.ts";
import { SETTLED_AFTER_MS } from "#domain/integrations/outgoing/endpoint.ts";
import { noShowsOf } from "#domain/integrations/outgoing/no-show.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import type { Ms } from "#domain/time/ms.ts";
import { withFacts } from "#server/scheduled/read.ts";
import { type Telling, tellEndpoints } from "./messages.ts";

const AT_ONCE = 50;
const ANY = { source: null, room: null, q: null, from: null, to: null, isHeld: true };

/**
 * Tells who never came to the scheduled meetings that were settled in `(after, now]`: each some minutes after its end, so
 * that what comes late is known. One that was withdrawn, or that its calendar cancelled, is not among them.
 */
export async function tellNoShows(orm: Orm, telling: Telling, after: Ms): Promise<void> {
  const { endpoints, now } = telling;
  const asking = endpoints.filter(({ triggers }) =>
    triggers.some((trigger) => trigger === "no_show.host" || trigger === "no_show.guest"),
  );
  if (asking.length === 0) return;
  const filter = { ...ANY, endsAfter: after - SETTLED_AFTER_MS, endedBy: now - SETTLED_AFTER_MS };
  let key: { startsAt: Ms; id: string } | null = null;
  for (;;) {
    const cursor = key && { direction: "next" as const, key };
    const rows = await listScheduled(orm, filter, "asc", cursor, AT_ONCE);
    for (const { row, facts } of await withFacts(rows, orm)) {
      const isHeard =
        facts.seen.length > 0 ||
        (await heardBetween(orm, row.source.id, row.startsAt, row.endsAt + SETTLED_AFTER_MS));
      const attendance = expectedAttendanceOf(facts, now);
      const room = { sourceId: row.source.id, key: row.room, title: row.title ?? row.roomTitle };
      await tellEndpoints(
        orm,
        {
          ...telling,
          endpoints: asking.filter(({ addedAt }) => addedAt <= row.endsAt + SETTLED_AFTER_MS),
        },
        noShowsOf(row, attendance, isHeard).map((occurrence) => ({ occurrence, room })),
      );
    }
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || last === undefined) return;
    key = last;
  }
}
