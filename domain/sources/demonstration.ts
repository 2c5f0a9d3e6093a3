/** The progress of a removal, of a demonstration or a source. Without numbers where its process has not said yet. */
export interface Removal {
  /** `stopped`: it failed, and goes on when it is requested again. */
  state: "running" | "stopped";
  done: number | null;
  total: number | null;
}
