/** What is kept of demonstrations: what `simulate` and `seed` made up, and what was said about it since. */
export interface DemonstrationCounts {
  meetings: number;
  people: number;
  waits: number;
  events: number;
  deliveries: number;
  /** Meetings that somebody expects there, and statements about nothing else. */
  scheduled: number;
  statements: number;
}

/** How far a removal is. Of one in another process only that it goes on is known. */
export interface Removal {
  /** `stopped`: it failed, and goes on when it is asked for again. */
  state: "running" | "stopped";
  done: number | null;
  total: number | null;
}
