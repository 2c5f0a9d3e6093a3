import { expect, it } from "vitest";
import { ROLES, roleMay } from "./role.ts";
import { type Access, SCOPES, scopeFor } from "./scope.ts";

const ALL: readonly Access[] = ["self", "read", "export", "write", "deliver", "manage", "owner"];

it("a viewer only looks, an operator does all but what is set up, an owner everything", () => {
  const may = Object.fromEntries(
    ROLES.map((role) => [role, ALL.filter((it) => roleMay(role, it))]),
  );
  expect(may).toEqual({
    owner: ALL,
    operator: ["self", "read", "export", "write", "deliver"],
    viewer: ["self", "read"],
  });
});

it("a key to read takes files out, and one to write sets up what is no secret", () => {
  expect(ALL.map(scopeFor)).toEqual([null, "read", "read", "write", "deliver", "write", null]);
  for (const scope of SCOPES) expect(scopeFor(scope)).toBe(scope);
});
