"use client";

import type { ReactNode } from "react";
import type { Access } from "#domain/access/scope.ts";
import { type Needs, useMay } from "./me.tsx";

/** Offers what is inside to those who may do it; others see `otherwise`. */
export function May({
  access,
  needs = "anything",
  otherwise = null,
  children,
}: {
  access: Access;
  needs?: Needs;
  otherwise?: ReactNode;
  children: ReactNode;
}) {
  return useMay(access, needs) ? children : otherwise;
}

/** What stands in place of a form for those who may not do what it is for. `doing` is as "schedules meetings". */
export function NotYours({ doing }: { doing: string }) {
  return (
    <p className="max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
      You may look at everything here. An operator or an owner {doing}: ask one of them, or ask an
      owner to make you an operator.
    </p>
  );
}
