"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { useMay } from "#components/viewer/me.tsx";
import type { RoomToActIn } from "./room-acts.tsx";

/** Nothing of it is on first sight, so no page has it in its first script. */
const acts = new LazyPart(() => import("./room-acts.tsx").then((read) => read.RoomActs));

/** What can be done in a meeting at its provider, for who may. */
export function RoomActsLater(room: RoomToActIn) {
  const { value: RoomActs } = useLazyPart(acts, useMay("write"));
  return RoomActs === null ? null : <RoomActs {...room} />;
}
