"use client";

import { useMemo } from "react";
import { type PackedFacts, unpackFacts } from "#domain/live/packing.ts";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import { MeetingScreen } from "./meeting-screen.tsx";

const NOBODY: readonly [] = [];

/** A meeting's page from the packed facts that the server sent with it. */
export function OpenedMeeting({
  packed,
  expected = NOBODY,
}: {
  packed: PackedFacts;
  /** The scheduled meetings it belongs to, with the people expected. */
  expected?: readonly OpenedScheduled[];
}) {
  const facts = useMemo(() => unpackFacts(packed), [packed]);
  return <MeetingScreen facts={facts} expected={expected} />;
}
