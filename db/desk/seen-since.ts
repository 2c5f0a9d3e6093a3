import { and, gte, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";
import { attendances } from "#db/schema/projected.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How many guests came in to meetings since a moment, each in each meeting: one statement. */
export async function countSeenSince(reader: Reader, since: Ms): Promise<number> {
  const { firstAt, firstJoinedAt, identity, tenures, isNoteTaker } = attendances;
  // One for each of the two indexes by time.
  const counted = (of: SQL) =>
    parts
      .select({ count: sql`count(*)` })
      .from(attendances)
      .where(
        and(
          of,
          gte(firstAt, since),
          isNotNull(firstJoinedAt),
          not(isNoteTaker),
          sql`${tenures} = '[]'::jsonb`,
        ),
      );
  const [row] = await reader
    .select({
      seen: sql<number>`((${counted(isNotNull(identity))}) + (${counted(isNull(identity))}))::int`,
    })
    .from(oneRow);
  return row?.seen ?? 0;
}
