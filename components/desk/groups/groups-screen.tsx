"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { DeleteDialog } from "#components/operator/delete-dialog.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May } from "#components/viewer/may.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { draftOf } from "./group-draft.ts";
import { hoursWords, limitWords } from "./group-words.ts";
import type { RoomGroupShown, RoomToGroup } from "./shown.ts";

/** The groups of rooms, with their opening hours and limits. */
export function GroupsScreen({
  groups,
  sources,
  rooms,
}: {
  groups: readonly RoomGroupShown[];
  sources: readonly { id: string; name: string }[];
  /** Those that were heard of last. */
  rooms: readonly RoomToGroup[];
}) {
  const { timeZone } = useLiveParts();
  const asked = useRoomAsked(rooms);
  const mayChange = useMay("write", "everything");
  const [open, setOpen] = useState<RoomGroupShown | "new" | null>(
    asked === null || !mayChange ? null : "new",
  );
  const zones = [timeZone, ...groups.flatMap(({ hours }) => hours?.time_zone ?? [])];
  return (
    <>
      <PageTitle name="Groups and hours" />
      <PageHead
        above={<WayUp href="/today">Today</WayUp>}
        title="Groups and hours"
        lead="Rooms that are looked after together, when they are open, and from when on a wait is late."
        actions={
          <May access="write" needs="everything">
            <Button look="primary" aria-haspopup="dialog" onClick={() => setOpen("new")}>
              New group
            </Button>
          </May>
        }
        className="mb-4.5"
      />
      {groups.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
          There is no group yet: every room is always open, and a wait is late by the target of
          whoever looks. A group has a name, as “Dr Wolf”, and rooms; one for all of them, with the
          pattern <code>*</code>, has the opening hours of the house.
        </p>
      ) : (
        <ul aria-label="Groups" className="grid gap-3.5 *:min-w-0 lg:grid-cols-2">
          {groups.map((group) => (
            <GroupCard
              key={group.id}
              group={group}
              source={sources.find(({ id }) => id === group.source_id)?.name ?? null}
              onChange={() => setOpen(group)}
            />
          ))}
        </ul>
      )}
      {open !== null && (
        <GroupDialog
          id={open === "new" ? null : open.id}
          opened={draftOf(open === "new" ? null : open, open === "new" ? asked : null, timeZone)}
          sources={sources}
          rooms={rooms}
          zones={zones}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** The room that a link asks a group of its own for; `null` where it names none. */
function useRoomAsked(rooms: readonly RoomToGroup[]) {
  const params = useSearchParams();
  const [key, sourceId] = [params?.get("room"), params?.get("source")];
  if (!key || !sourceId) return null;
  const room = rooms.find((one) => one.key === key && one.sourceId === sourceId);
  return { name: room?.title ?? key, key, sourceId };
}

function GroupCard({
  group,
  source,
  onChange,
}: {
  group: RoomGroupShown;
  source: string | null;
  onChange: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-3 shadow-card sm:px-4.5">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
        <div className="min-w-0">
          <h2 className="wrap-anywhere font-strong">
            <bdi>{group.name}</bdi>
          </h2>
          <p className="wrap-anywhere text-note text-ink-2">
            <bdi>{group.rooms.join(", ")}</bdi>
            {source !== null && (
              <>
                {" "}
                of <bdi>{source}</bdi>
              </>
            )}
          </p>
        </div>
        <May access="write" needs="everything">
          <span className="flex gap-1.5">
            <Button
              look="small"
              className="text-dense"
              aria-haspopup="dialog"
              aria-label={`Change ${group.name}`}
              onClick={onChange}
            >
              Change
            </Button>
            <Button
              look="small"
              className="text-dense"
              aria-haspopup="dialog"
              aria-label={`Remove ${group.name}`}
              onClick={() => setAsking(true)}
            >
              Remove
            </Button>
          </span>
        </May>
      </div>
      <dl className="num mt-2 grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-2 gap-y-1 text-note">
        <dt className="text-ink-3">Open</dt>
        <dd className="text-ink-2">
          {hoursWords(group.hours).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </dd>
        <dt className="text-ink-3">A wait is</dt>
        <dd className="text-ink-2">{limitWords(group.limits)}</dd>
      </dl>
      {isAsking && (
        <DeleteDialog
          title={
            <>
              Remove “<bdi>{group.name}</bdi>”?
            </>
          }
          lead="Its rooms stay. Its hours and limits count no more."
          path={`/room-groups/${encodeURIComponent(group.id)}`}
          action="Remove"
          underWay="Removing…"
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
