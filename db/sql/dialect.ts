import { type Query, type SQL, sql } from "drizzle-orm";
import { PgDialect, type PgSelectConfig, QueryBuilder } from "drizzle-orm/pg-core";
import { CASING } from "./casing.ts";
import { RenderedStatement } from "./filled.ts";
import { instanceCheck } from "./instance-check.ts";
import { Selections } from "./selections.ts";
import { writeOut } from "./writing-out.ts";

type SetOperator = PgSelectConfig["setOperators"][number];
type Count = SetOperator["limit"];

const isFilled = instanceCheck(RenderedStatement);

/**
 * Writes `limit` and `offset` out. Drizzle makes a parameter of every limit: then a statement planned once is
 * planned for a tenth of all rows. It also drops `offset 0`, which keeps the planner from merging a subquery
 * into the rest.
 */
class Dialect extends PgDialect {
  readonly #selections = new Selections();

  override sqlToQuery(statement: SQL, source?: "indexes"): Query {
    if (isFilled(statement)) return statement.query;
    return source === undefined ? writeOut(statement) : super.sqlToQuery(statement, source);
  }

  override buildSelectQuery({ limit, offset, setOperators, ...config }: PgSelectConfig): SQL {
    const select = this.#selections.build({ ...config, setOperators: [] }, (own) =>
      super.buildSelectQuery(own),
    );
    const ended = sql`${select}${endOf(limit, offset)}`;
    return setOperators.length === 0 ? ended : this.buildSetOperations(ended, setOperators);
  }

  override buildSetOperationQuery({
    leftSelect,
    setOperator: { limit, offset, ...setOperator },
  }: {
    leftSelect: SQL;
    setOperator: SetOperator;
  }): SQL {
    const union = super.buildSetOperationQuery({ leftSelect, setOperator });
    return sql`${union}${endOf(limit, offset)}`;
  }
}

function endOf(limit: Count, offset: Count): SQL {
  return sql.join([
    ...(limit === undefined ? [] : [sql` limit ${written(limit)}`]),
    ...(offset === undefined ? [] : [sql` offset ${written(offset)}`]),
  ]);
}

function written(count: NonNullable<Count>): SQL {
  return typeof count === "number" ? sql.raw(String(count)) : sql`${count}`;
}

export const dialect: PgDialect = new Dialect({ casing: CASING });

/** Builds parts of statements: subqueries and sides of unions. */
export const parts = new QueryBuilder(dialect);

/** A relation of one row, to select values from. */
export const oneRow: SQL = sql`(values (true)) as one_row`;
