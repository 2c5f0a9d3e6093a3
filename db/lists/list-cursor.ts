/** Where a list goes on: after (`next`) or before (`previous`) the row with these sort values. */
export interface ListCursor<Key> {
  direction: "next" | "previous";
  key: Key;
}
