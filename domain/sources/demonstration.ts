/** The progress of a removal, of a demonstration or a source. In another process only that it is running is known. */
export interface Removal {
  /** `stopped`: it failed, and goes on when it is requested again. */
  state: "running" | "stopped";
  done: number | null;
  total: number | null;
}
