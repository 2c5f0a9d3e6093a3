/**
 * What a program may do with its key: `read` everything, `write` what an operator enters, `deliver` attendance
 * from elsewhere, as an imported file.
 */
export const SCOPES = ["read", "write", "deliver"] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * What somebody may be allowed: one of the scopes of a key, what only the `owner` may, or what everybody may who signs in,
 * for themself: neither of both is for a key.
 */
export type Access = Scope | "owner" | "self";
