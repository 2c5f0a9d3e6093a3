"use client";

import { useMemo } from "react";
import { type PackedFacts, unpackFacts } from "#domain/packing.ts";
import { MeetingView } from "./meeting-view.tsx";

/** A meeting as its page brought it. */
export function OpenedMeeting({ packed }: { packed: PackedFacts }) {
  const facts = useMemo(() => unpackFacts(packed), [packed]);
  return <MeetingView facts={facts} />;
}
