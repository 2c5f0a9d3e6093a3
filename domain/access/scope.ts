/**
 * What a program may do with its key: `read` everything, `write` what an operator enters, `deliver` attendance
 * from elsewhere, as an imported file.
 */
export const SCOPES = ["read", "write", "deliver"] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * What somebody may be allowed: one of the scopes of a key; to `export` files, or to `manage` sources, the installation
 * and a demonstration; what only the `owner` may, or what everybody may who signs in, for themself.
 */
export type Access = Scope | "export" | "manage" | "owner" | "self";

/** The scope of a key that includes it; `null` where no key may. */
const SCOPE_OF: Readonly<Record<Access, Scope | null>> = {
  read: "read",
  export: "read",
  write: "write",
  manage: "write",
  deliver: "deliver",
  owner: null,
  self: null,
};

/** The scope that a key needs to do such a thing; `null` where no key may. */
export function scopeFor(access: Access): Scope | null {
  return SCOPE_OF[access];
}
