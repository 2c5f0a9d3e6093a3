"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { useActsOf } from "./acts-provider.tsx";
import type { RoomToActIn } from "./room-acts.tsx";

/** Most sources offer nothing, so no page has it in its first script. */
const part = new LazyPart(() => import("./room-acts.tsx").then((read) => read.RoomActs));

/** What can be done in a meeting at its provider. */
export function RoomActsLater(room: RoomToActIn) {
  const { acts } = useActsOf(room.source);
  const { value: RoomActs } = useLazyPart(
    part,
    acts.includes("open_as_host") || acts.includes("admit_all"),
  );
  return RoomActs === null ? null : <RoomActs {...room} />;
}
