/**
 * What a program may do with its key: `read` everything, `write` what an operator enters, `deliver` attendance
 * from elsewhere, as an imported file.
 */
export const SCOPES = ["read", "write", "deliver"] as const;

export type Scope = (typeof SCOPES)[number];

/** What somebody may be allowed: one of the scopes of a key, or what only the `owner` may, and no key. */
export type Access = Scope | "owner";
