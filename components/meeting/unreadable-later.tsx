"use client";

import dynamic from "next/dynamic";

/** Hardly any meeting is unreadable: what says so is in no other page's script. */
export const UnreadableLater = dynamic(() =>
  import("./unreadable-meeting.tsx").then((read) => read.UnreadableMeeting),
);
