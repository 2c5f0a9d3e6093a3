"use client";

import { useMemo } from "react";
import { type PackedFacts, unpackFacts } from "#domain/live/packing.ts";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import { MeetingScreen } from "./meeting-screen.tsx";

const NOBODY: readonly [] = [];

/** A meeting as its page brought it. */
export function OpenedMeeting({
  packed,
  expected = NOBODY,
}: {
  packed: PackedFacts;
  /** Whom somebody expected at it. */
  expected?: readonly OpenedScheduled[];
}) {
  const facts = useMemo(() => unpackFacts(packed), [packed]);
  return <MeetingScreen facts={facts} expected={expected} />;
}
