/** A file on its way, as whoever asked for it may see. */
export interface FileUnderWay {
  /** With its ending. */
  name: string;
  /** Read so far, and all of them once it is done. */
  rows: number;
  /** `stopped`: whoever asked went away, or said so; `failed`: it broke off. */
  state: "running" | "done" | "stopped" | "failed";
}
