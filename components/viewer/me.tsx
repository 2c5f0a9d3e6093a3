"use client";

import { createContext, type ReactNode, use } from "react";
import { roleMay } from "#domain/access/role.ts";
import type { Access } from "#domain/access/scope.ts";
import { isWhole } from "#domain/access/sight.ts";
import type { me } from "#server/access/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** Whoever is signed in. */
export type MeShown = AnswerOf<typeof me>;

/** What somebody has who chose nothing. */
export const NOTHING_CHOSEN: MeShown["settings"] = {
  ...{ time_zone: null, hour_cycle: null, first_day: null },
  ...{ theme: null, start: null, columns: {} },
  ...{ wait_target_ms: null, wait_goal: null, wait_level: null, wait_short: null },
};

/** Whoever is at the machine of Rollcall, as long as nobody signs in: they may everything. */
const AT_THIS_MACHINE: MeShown = {
  ...{ id: null, name: "", email: null, role: "owner", second_factor: false },
  ...{ sources: null, rooms: null, masked: false, changed_at: null },
  settings: NOTHING_CHOSEN,
};

const MeContext = createContext<MeShown>(AT_THIS_MACHINE);

/** Says who looks at everything below. */
export function MeProvider({ me, children }: { me: MeShown; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who looks at the page. `id` is `null` as long as nobody signs in. */
export function useMe(): MeShown {
  return use(MeContext);
}

/** What else a thing needs of whoever does it: to see everything, or the names of people. */
export type Needs = "everything" | "names" | "anything";

/** Whether whoever looks may do such a thing: what they may not is not offered. */
export function useMay(access: Access, needs: Needs = "anything"): boolean {
  const me = useMe();
  if (!roleMay(me.role, access)) return false;
  switch (needs) {
    case "anything":
      return true;
    case "names":
      return !me.masked;
    case "everything":
      return isWhole(me);
    default:
      return needs satisfies never;
  }
}
