/**
 * The stored rows of demonstrations: those that `simulate` and `seed` made up, and entries about them
 * since.
 */
export interface DemonstrationCounts {
  meetings: number;
  people: number;
  waits: number;
  events: number;
  deliveries: number;
  /** Scheduled meetings there, and statements about nothing else. */
  scheduled: number;
  statements: number;
}

/** The progress of a removal. In another process only that it is running is known. */
export interface Removal {
  /** `stopped`: it failed, and goes on when it is requested again. */
  state: "running" | "stopped";
  done: number | null;
  total: number | null;
}
