/** What a link lets somebody do once: become the owner, accept an invitation, or choose a new password. */
export type LinkKind = "set_up" | "invitation" | "reset";
