import type { SortOrder } from "#domain/lists/narrowing.ts";

/** How a list is sorted, and its default order where the address names none. */
export interface Sorted<Sort extends string> {
  sort: Sort;
  order: SortOrder;
  usual: Sort;
}

type Params = Record<"sort" | "order", string | null>;

/** The order of a list as parameters of its address; `null` for what is the default. */
export function paramsOfOrder<Sort extends string>({ sort, order, usual }: Sorted<Sort>): Params {
  return {
    sort: sort === usual ? null : sort,
    order: order === usualOrder(sort) ? null : order,
  };
}

/** The change that the head of a column makes: the reverse order where the list is sorted by it already. */
export function changeOfOrder<Sort extends string>(asked: Sort, sorted: Sorted<Sort>): Params {
  const usual = usualOrder(asked);
  const turned: SortOrder = usual === "asc" ? "desc" : "asc";
  const order = asked === sorted.sort && sorted.order === usual ? turned : usual;
  return paramsOfOrder({ sort: asked, order, usual: sorted.usual });
}

/** Names are sorted from A on, everything else from the greatest down. */
function usualOrder(sort: string): SortOrder {
  return sort === "name" ? "asc" : "desc";
}
