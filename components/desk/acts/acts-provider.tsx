"use client";

import { createContext, type ReactNode, use } from "react";
import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import type { providerActs } from "#server/desk/acts/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** What can be done at their providers in the meetings of sources, as `GET /api/v1/provider-acts` answers it. */
export type SourceActs = AnswerOf<typeof providerActs>["results"];

const ActsContext = createContext<SourceActs>([]);

/** Says what whoever looks can do at the providers: nothing, for who may not. */
export function ActsProvider({ offered, children }: { offered: SourceActs; children: ReactNode }) {
  return <ActsContext value={offered}>{children}</ActsContext>;
}

/** What can be done in the meetings of a source. */
export function useActsOf(source: string): { provider: string; acts: readonly ActKind[] } {
  const own = use(ActsContext).find((one) => one.source_id === source);
  return { provider: own?.provider ?? "", acts: own?.acts ?? [] };
}
