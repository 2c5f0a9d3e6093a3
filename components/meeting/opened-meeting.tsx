"use client";

import { type ReactNode, useMemo } from "react";
import { type PackedFacts, unpackFacts } from "#domain/packing.ts";
import { MeetingView } from "./meeting-view.tsx";

/** A meeting as its page brought it. */
export function OpenedMeeting({
  packed,
  expected,
}: {
  packed: PackedFacts;
  /** Whom somebody expected at it. */
  expected?: ReactNode;
}) {
  const facts = useMemo(() => unpackFacts(packed), [packed]);
  return <MeetingView facts={facts} expected={expected} />;
}
