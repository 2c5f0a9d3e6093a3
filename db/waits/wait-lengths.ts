import { and, type SQL, sql } from "drizzle-orm";
import { waits } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { BIN_ENDS_MS, binsWith, type WaitBin } from "#domain/waits/wait-bins.ts";
import { isLeftBeforeAdmitted, isOver } from "#domain/waits/wait-count.ts";
import { isCountedAsLeft, type ShortLeaves } from "#domain/waits/waiting.ts";
import type { Quantiles } from "#domain/waits/waiting-page.ts";
import type { WaitScope } from "./wait-filter.ts";
import { OUTCOME, outcomesOf } from "./wait-outcome.ts";
import { isIn, LASTED, numberOf } from "./waiting.ts";

export interface Distribution {
  bins: WaitBin[];
  untilAdmitted: Quantiles;
  untilLeaving: Quantiles;
}

/** The distribution of the lengths of the waits of a scope. Two statements, sent together. */
export async function distributeWaits(
  reader: Reader,
  scope: WaitScope,
  short: ShortLeaves,
): Promise<Distribution> {
  const [bins, quantiles] = await Promise.all([
    binned(reader, "anew", { wanted: isIn(scope) }),
    quantilesIn(reader, scope, short),
  ]);
  return { bins: binsWith(bins), ...quantiles };
}

const IS_OVER = sql`${waits.outcome} in ${sql.raw(outcomesOf(isOver))}`;
const LEFT = outcomesOf(isLeftBeforeAdmitted);

const binned = madeOnce((reader, { wanted }: { wanted: SQL | undefined }) => {
  const ended = parts
    .select({
      bin: sql<number>`width_bucket(${LASTED} - 1, ${list("bigint", BIN_ENDS_MS)})`.as("bin"),
      kind: OUTCOME.as("kind"),
      number: sql`count(*)`.as("number"),
    })
    .from(waits)
    .where(and(wanted, IS_OVER))
    .groupBy(sql`1, 2`)
    .as("ended");
  return reader
    .select({
      bin: ended.bin,
      admitted: sql<number>`${sql.raw(numberOf("kind = 'admitted'"))}`,
      left: sql<number>`${sql.raw(numberOf(`kind in ${LEFT}`))}`,
      short: sql<number>`${sql.raw(numberOf("kind = 'short'"))}`,
    })
    .from(ended)
    .groupBy(ended.bin);
});

const ranked = madeOnce(
  (reader, { wanted }: { wanted: SQL | undefined }, { short }: { short: ShortLeaves }) => {
    const over = parts
      .select({ kind: OUTCOME.as("kind"), lasted: LASTED.as("lasted") })
      .from(waits)
      .where(and(wanted, IS_OVER))
      .as("over_waits");
    const ranks = sql`percentile_disc(array[0.5, 0.9]) within group (order by ${over.lasted})`;
    const left = outcomesOf((wait) => isCountedAsLeft(wait, short));
    return reader
      .select({
        admitted: sql<Ranks>`to_json(${ranks} filter (where ${over.kind} = 'admitted'))`,
        left: sql<Ranks>`to_json(${ranks} filter (where ${over.kind} in ${sql.raw(left)}))`,
      })
      .from(over);
  },
);

async function quantilesIn(
  reader: Reader,
  scope: WaitScope,
  short: ShortLeaves,
): Promise<Pick<Distribution, "untilAdmitted" | "untilLeaving">> {
  const [row] = await ranked(reader, "anew", { wanted: isIn(scope) }, { short });
  return { untilAdmitted: quantilesOf(row?.admitted), untilLeaving: quantilesOf(row?.left) };
}

type Ranks = (Ms | null)[] | null;

function quantilesOf(values: Ranks | undefined): Quantiles {
  return { medianMs: values?.[0] ?? null, p90Ms: values?.[1] ?? null };
}
