/** How far an erasure is. In another process only that it is running is known. */
export interface ErasureUnderWay {
  /** `stopped`: it failed, and goes on with the next start. */
  state: "running" | "stopped";
  /** Meetings. */
  done: number | null;
  total: number | null;
}
