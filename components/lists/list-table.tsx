"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import { changeOfOrder, type Sorted } from "./sorting.ts";
import type { Address } from "./use-address.ts";

/** The texts of a column. */
export interface ColumnWords<Sort extends string> {
  title: string;
  sort: Sort | null;
  /** What the column contains, and how it is calculated. */
  formula: string | null;
  /** Numbers stand at the right. */
  isText?: boolean;
}

/** The columns of a list by name: what each is called, and what stands in the cell of something. */
export type ColumnTable<Name extends string, Sort extends string, Look> = Readonly<
  Record<Name, ColumnWords<Sort> & { cell: (look: Look) => ReactNode }>
>;

/** How a row is drawn. Pass the same object as long as it draws the same, or every row is drawn again. */
export interface RowWords<Row, Name extends string> {
  keyOf: (row: Row) => string;
  head: (row: Row) => ReactNode;
  cell: (name: Name, row: Row) => ReactNode;
}

export interface Rows<Row, Name extends string, Sort extends string> {
  /** The column that names the row. */
  first: ColumnWords<Sort>;
  columns: readonly Name[];
  columnWords: Readonly<Record<Name, ColumnWords<Sort>>>;
  rows: readonly Row[];
  rowWords: RowWords<Row, Name>;
  sorted: Sorted<Sort>;
  address: Address;
}

const HEAD = `${SCROLLED_HEAD} z-10`;
const CELL = "border-line border-b py-2 align-top group-last:border-b-0 group-hover:bg-sunken";
const SORTED = { asc: "ascending", desc: "descending" } as const satisfies Record<
  SortOrder,
  string
>;

/** The rows of a page. The head, which sorts, stays in sight while the rows are scrolled. */
export function ListTable<Row, Name extends string, Sort extends string>({
  label,
  note = null,
  list: { first, columns, columnWords, rows, rowWords, sorted, address },
}: {
  label: string;
  /** A note on the order, for screen readers. */
  note?: string | null;
  list: Rows<Row, Name, Sort>;
}) {
  const by = [first, ...Object.values<ColumnWords<Sort>>(columnWords)].find(
    ({ sort }) => sort === sorted.sort,
  );
  return (
    <ScrollTable label={`${label}, scrollable`} height="page" isPrinted>
      <table className={`${SCROLLED_TABLE} print:text-mark`}>
        <caption className="sr-only">
          {label}
          {note} by {by?.title.toLowerCase()}, {SORTED[sorted.order]}
        </caption>
        <thead>
          <tr>
            <HeadCell words={first} sorted={sorted} address={address} isFirst />
            {columns.map((name) => (
              <HeadCell key={name} words={columnWords[name]} sorted={sorted} address={address} />
            ))}
          </tr>
        </thead>
        <tbody className={address.isPending ? "opacity-55" : undefined}>
          {rows.map((row) => (
            <ListRow
              key={rowWords.keyOf(row)}
              row={row}
              columns={columns}
              columnWords={columnWords}
              rowWords={rowWords}
            />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function HeadCell<Sort extends string>({
  words: { title, sort, formula, isText = false },
  sorted,
  address,
  isFirst = false,
}: {
  words: ColumnWords<Sort>;
  sorted: Sorted<Sort>;
  address: Address;
  isFirst?: boolean;
}) {
  const isSorted = sort !== null && sort === sorted.sort;
  const Arrow = sorted.order === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? SORTED[sorted.order] : undefined}
      className={`${HEAD} ${isFirst ? "left-0 z-20 px-4 sm:px-4.5" : "px-3 last:pr-4.5 print:px-1!"} print:static`}
    >
      <span
        className={`flex items-center gap-1.5 whitespace-nowrap print:whitespace-normal ${isFirst || isText ? "" : "justify-end"}`}
      >
        {sort === null ? (
          title
        ) : (
          <Link
            {...address.link(changeOfOrder(sort, sorted))}
            replace
            scroll={false}
            className={`-my-2 flex items-center gap-1 py-2 hover:text-ink ${isSorted ? "font-semibold text-ink" : ""}`}
          >
            {title}
            {isSorted && <Arrow aria-hidden className="size-3" />}
          </Link>
        )}
        {formula !== null && <InfoTip about={title}>{formula}</InfoTip>}
      </span>
    </th>
  );
}

function ListRow<Row, Name extends string>({
  row,
  columns,
  columnWords,
  rowWords,
}: {
  row: Row;
  columns: readonly Name[];
  columnWords: Readonly<Record<Name, { isText?: boolean }>>;
  rowWords: RowWords<Row, Name>;
}) {
  return useMemo(
    () => (
      <tr className="group break-inside-avoid">
        <th
          scope="row"
          className={`${CELL} sticky left-0 z-[5] w-[30%] min-w-38 max-w-44 bg-surface px-4 text-left font-normal sm:min-w-50 sm:max-w-0 sm:px-4.5 print:static print:min-w-0! print:max-w-none print:px-1!`}
        >
          {rowWords.head(row)}
        </th>
        {columns.map((name) => (
          <td
            key={name}
            className={`${CELL} px-3 last:pr-4.5 print:px-1! print:py-1! ${columnWords[name].isText === true ? "" : "text-right"}`}
          >
            {rowWords.cell(name, row)}
          </td>
        ))}
      </tr>
    ),
    [row, columns, columnWords, rowWords],
  );
}
