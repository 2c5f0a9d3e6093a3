import type { Role } from "./role.ts";

/** Who has to set up a code besides their password. Owners and operators change something, and take files out. */
export const CODE_DEMANDS = ["nobody", "operators", "everybody"] as const;

export type CodeDemand = (typeof CODE_DEMANDS)[number];

const OF: Readonly<Record<CodeDemand, readonly Role[]>> = {
  nobody: [],
  operators: ["owner", "operator"],
  everybody: ["owner", "operator", "viewer"],
};

/** The same in words, as the audit log has it. */
export const CODE_DEMAND_WORDS: Readonly<Record<CodeDemand, string>> = {
  nobody: "nobody",
  operators: "owners and operators",
  everybody: "everybody",
};

export function demandsCode(demand: CodeDemand, role: Role): boolean {
  return OF[demand].includes(role);
}
