"use client";

import { ListPlus } from "lucide-react";
import { Pager } from "#components/lists/pager.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted } from "#components/words/count.ts";
import type { ClassListsPage } from "#domain/scheduled/class-list.ts";

/** Every stored class list, by name. */
export function ClassListsScreen({ page: { rows, next, previous } }: { page: ClassListsPage }) {
  return (
    <>
      <PageTitle name="Class lists" />
      <PageHead
        className="mb-4.5"
        above={<WayUp href="/expected">Expected</WayUp>}
        title="Class lists"
        lead="Kept once, for rooms and for scheduled meetings"
        actions={
          <May access="write" needs="everything">
            <ButtonLink href="/expected/lists/new" hasSign>
              <ListPlus aria-hidden className="size-3.5" />
              New class list
            </ButtonLink>
          </May>
        }
      />
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {rows.length === 0 ? (
          <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
            <p className="font-strong">No class list yet</p>
            <p className="max-w-md text-ink-2">
              With a class list, whoever never came is absent in a room's register.
            </p>
          </div>
        ) : (
          <ul>
            {rows.map(({ id, name, people, rooms, erasedAt }) => (
              <li key={id} className="border-line border-b px-4.5 py-2.5 last:border-b-0">
                <Link
                  href={`/expected/lists/${id}`}
                  className="wrap-anywhere font-strong hover:underline"
                >
                  <bdi>{name ?? "Names removed"}</bdi>
                </Link>
                <p className="num text-ink-3 text-caption">
                  {counted(people, "person", "people")}
                  {rooms > 0 && ` · used by ${counted(rooms, "room", "rooms")}`}
                  {erasedAt !== null && " · its names were erased"}
                </p>
              </li>
            ))}
          </ul>
        )}
        <Pager previous={previous} next={next} />
      </div>
    </>
  );
}
