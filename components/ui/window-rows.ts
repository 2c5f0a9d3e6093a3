/** A list of which only a part is rendered where it is long. Sizes are in px. */
export interface RowsAsked {
  count: number;
  sizeOf: (index: number) => number;
  keyOf: (index: number) => string;
  /** The index of a row that is always rendered; -1 for none. */
  keep: number;
  /** The height of the sticky header that covers the window's top. */
  coveredTop: number;
}

/** The rows of a long list that are to be rendered (px), and how to scroll to a row. */
export interface RowsSeen {
  rows: { index: number; top: number; height: number }[];
  height: number;
  measure: (row: Element | null) => void;
  show: (index: number) => void;
}
