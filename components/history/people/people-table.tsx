"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { Address } from "#components/history/use-address.ts";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import type { Order } from "#domain/history/meetings.ts";
import type { PeoplePage, PeopleSort } from "#domain/history/people.ts";
import { COLUMN_WORDS, type ColumnName } from "./columns.ts";
import { cellOf, PersonCell } from "./people-cells.tsx";
import { personHref } from "./person-address.ts";

const TEXT: readonly ColumnName[] = ["known", "last"];
const HEAD = "sticky top-0 z-10 border-line border-b bg-surface py-2 font-[500] text-ink-2 text-xs";
const CELL = "border-line border-b py-2 align-top group-last:border-b-0 group-hover:bg-sunken";
const SORTED = { asc: "ascending", desc: "descending" } as const satisfies Record<Order, string>;

/** The people of a page: a row each, and what can be sorted by in the head. */
export function PeopleTable({
  page,
  columns,
  address,
}: {
  page: PeoplePage;
  columns: readonly ColumnName[];
  address: Address;
}) {
  const face = ClockFace.in(page.period.timeZone);
  return (
    // The head stays while the rows are scrolled, so both move in here, and a keyboard has to reach it.
    <section
      aria-label="People, scrollable"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className="relative max-h-[max(22rem,calc(100dvh-9rem))] overflow-auto overscroll-x-contain print:max-h-none"
    >
      <table className="num w-full border-separate border-spacing-0 text-[13px]">
        <caption className="sr-only">
          People by {page.sort === "name" ? "name" : COLUMN_WORDS[page.sort].title.toLowerCase()},{" "}
          {SORTED[page.order]}
        </caption>
        <thead>
          <tr>
            <th
              scope="col"
              aria-sort={page.sort === "name" ? SORTED[page.order] : undefined}
              className={`${HEAD} left-0 z-20 px-4 text-left sm:px-4.5`}
            >
              <SortLink sort="name" title="Person" page={page} address={address} />
            </th>
            {columns.map((name) => (
              <HeadCell key={name} name={name} page={page} address={address} />
            ))}
          </tr>
        </thead>
        <tbody className={address.isPending ? "opacity-55" : undefined}>
          {page.rows.map((person) => (
            <tr key={person.id} className="group">
              <th
                scope="row"
                className={`${CELL} sticky left-0 z-[5] w-[30%] min-w-38 max-w-44 bg-surface px-4 text-left font-normal sm:min-w-50 sm:max-w-80 sm:px-4.5`}
              >
                <PersonCell person={person} href={personHref(person.id, page.period)} />
              </th>
              {columns.map((name) => (
                <td
                  key={name}
                  className={`${CELL} px-3 last:pr-4.5 ${TEXT.includes(name) ? "" : "text-right"}`}
                >
                  {cellOf(name, { person, face, now: page.asOf })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HeadCell({
  name,
  page,
  address,
}: {
  name: ColumnName;
  page: PeoplePage;
  address: Address;
}) {
  const { title, sort, formula } = COLUMN_WORDS[name];
  const isSorted = sort !== null && sort === page.sort;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? SORTED[page.order] : undefined}
      className={`${HEAD} px-3 last:pr-4.5`}
    >
      <span
        className={`flex items-center gap-1.5 whitespace-nowrap ${TEXT.includes(name) ? "" : "justify-end"}`}
      >
        {sort === null ? (
          title
        ) : (
          <SortLink sort={sort} title={title} page={page} address={address} />
        )}
        {formula !== null && <InfoTip about={title}>{formula}</InfoTip>}
      </span>
    </th>
  );
}

function SortLink({
  sort,
  title,
  page,
  address,
}: {
  sort: PeopleSort;
  title: string;
  page: PeoplePage;
  address: Address;
}) {
  const isSorted = sort === page.sort;
  const Arrow = page.order === "desc" ? ArrowDown : ArrowUp;
  return (
    <Link
      href={address.href(orderChange(sort, page))}
      replace
      scroll={false}
      className={`inline-flex items-center gap-1 hover:text-ink ${isSorted ? "font-[600] text-ink" : ""}`}
    >
      {title}
      {isSorted && <Arrow aria-hidden className="size-3" />}
    </Link>
  );
}

/** The other way round where it is sorted so already; names from A on, all else from the greatest down. */
function orderChange(sort: PeopleSort, page: Pick<PeoplePage, "sort" | "order">) {
  const usual: Order = sort === "name" ? "asc" : "desc";
  const turned: Order = usual === "asc" ? "desc" : "asc";
  const order = sort === page.sort && page.order === usual ? turned : usual;
  return { sort: sort === "last" ? null : sort, order: order === usual ? null : order };
}
