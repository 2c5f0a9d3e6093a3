"use client";

import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

/** In place of the groups, for those who see only a part of what they are of. */
export function GroupsClosed() {
  return (
    <>
      <PageTitle name="Groups and hours" />
      <PageHead above={<WayUp href="/today">Today</WayUp>} title="Groups and hours" />
      <p className="mt-4.5 max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
        Groups are of all rooms, and you see a part of them. What counts in a room of yours stands
        on the board of today: ask somebody who sees everything to change it.
      </p>
    </>
  );
}
