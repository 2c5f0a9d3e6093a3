import type { Role } from "#domain/access/role.ts";

/** What people call a role, and what it lets its member do. */
export const ROLE_WORDS: Readonly<Record<Role, { name: string; note: string }>> = {
  owner: { name: "Owner", note: "everything, also members, keys, sources and erasing" },
  operator: { name: "Operator", note: "looks, corrects, imports, plans and takes files out" },
  viewer: { name: "Viewer", note: "looks" },
};
