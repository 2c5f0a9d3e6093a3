import type { SortOrder } from "#domain/lists/narrowing.ts";

/** How a list is sorted, and by what where its address does not say. */
export interface Sorted<Sort extends string> {
  sort: Sort;
  order: SortOrder;
  usual: Sort;
}

type Params = Record<"sort" | "order", string | null>;

/** The order of a list as its address has it: `null` for what need not be said. */
export function paramsOfOrder<Sort extends string>({ sort, order, usual }: Sorted<Sort>): Params {
  return {
    sort: sort === usual ? null : sort,
    order: order === usualOrder(sort) ? null : order,
  };
}

/** What the head of a column changes: the other way round where it is sorted so already. */
export function changeOfOrder<Sort extends string>(asked: Sort, sorted: Sorted<Sort>): Params {
  const usual = usualOrder(asked);
  const turned: SortOrder = usual === "asc" ? "desc" : "asc";
  const order = asked === sorted.sort && sorted.order === usual ? turned : usual;
  return paramsOfOrder({ sort: asked, order, usual: sorted.usual });
}

/** Names go from A on, all else from the greatest down. */
function usualOrder(sort: string): SortOrder {
  return sort === "name" ? "asc" : "desc";
}
