"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

const card = new LazyPart(() => import("./devices-card.tsx").then((read) => read.DevicesCard));

/** The card of one's devices. What it says is known to the browser alone, so it is loaded there. */
export function DevicesLater({ className = "" }: { className?: string }) {
  const { value: DevicesCard } = useLazyPart(card, true);
  return DevicesCard === null ? null : <DevicesCard className={className} />;
}
