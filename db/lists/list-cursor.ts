/** The rows after or before a row, by its sort values. */
export interface ListCursor<Key> {
  key: Key;
  direction: "next" | "previous";
}
