/** A file that is being made, as its requester sees it. */
export interface FileUnderWay {
  /** With its ending. */
  name: string;
  /** Read so far, and all of them once it is done. */
  rows: number;
  /** `stopped`: the requester left or cancelled it; `failed`: it broke off. */
  state: "running" | "done" | "stopped" | "failed";
}
