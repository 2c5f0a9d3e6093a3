/** How far an erasure is, in whichever process. Without numbers where that has not said yet. */
export interface ErasureUnderWay {
  /** `stopped`: it failed, and goes on with the next start. */
  state: "running" | "stopped";
  /** Meetings. */
  done: number | null;
  total: number | null;
}
