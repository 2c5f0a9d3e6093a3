/**
 * What a program may do with its key: `read` everything, `write` what an operator enters, `deliver` attendance
 * from elsewhere, as an imported file.
 */
export const SCOPES = ["read", "write", "deliver"] as const;

export type Scope = (typeof SCOPES)[number];
