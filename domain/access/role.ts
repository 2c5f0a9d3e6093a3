import type { Access } from "./scope.ts";

/**
 * What a member, somebody who signs in, is here: an `owner` may everything, an `operator` all but members, keys,
 * sources, the installation and erasing, a `viewer` reads and takes no files out.
 */
export const ROLES = ["owner", "operator", "viewer"] as const;

export type Role = (typeof ROLES)[number];

const MAY: Readonly<Record<Role, readonly Access[]>> = {
  owner: ["self", "read", "export", "write", "deliver", "manage", "owner"],
  operator: ["self", "read", "export", "write", "deliver"],
  viewer: ["self", "read"],
};

/** Whether somebody with this role may do such a thing at all; what of the rooms they see is their `Sight`. */
export function roleMay(role: Role, access: Access): boolean {
  return MAY[role].includes(access);
}

/** The page that opens first for somebody who chose none: the desk looks at today, others at what goes on. */
export function firstPageOf(role: Role): "/" | "/today" {
  return role === "operator" ? "/today" : "/";
}
