"use client";

import { useSyncExternalStore } from "react";
import { actsHeard } from "#components/sync/heard.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import type { AskedIn } from "./asked-acts.tsx";

/** Seldom is anything asked, so its script is loaded only then. */
const part = new LazyPart(() => import("./asked-acts.tsx").then((read) => read.AskedActs));

/** What was asked of the provider in a meeting and is not reported yet. */
export function AskedActsLater(asked: AskedIn) {
  const isAny = useSyncExternalStore(actsHeard.subscribe, actsHeard.isAny, () => false);
  const { value: AskedActs } = useLazyPart(part, isAny);
  return isAny && AskedActs !== null ? <AskedActs {...asked} /> : null;
}
