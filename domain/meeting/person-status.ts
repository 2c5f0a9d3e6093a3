/** `not_known`: they were in, no leave was reported, and something shows that they may have left. */
export type PersonStatus = "waiting" | "present" | "left" | "not_admitted" | "not_known";
