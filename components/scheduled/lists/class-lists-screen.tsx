"use client";

import { ListPlus } from "lucide-react";
import { Pager } from "#components/lists/pager.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { counted } from "#components/words/count.ts";
import type { ClassListsPage } from "#domain/scheduled/class-list.ts";

/** Every stored class list, by name. */
export function ClassListsScreen({ page: { rows, next, previous } }: { page: ClassListsPage }) {
  return (
    <>
      <PageTitle name="Class lists" />
      <div className="mb-4.5 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <p className="text-dense">
            <Link href="/expected" className="text-ink-2 hover:text-ink hover:underline">
              Expected
            </Link>
          </p>
          <h1 className="font-heading text-title tracking-title">Class lists</h1>
          <p className="text-ink-2">Kept once, for rooms and for scheduled meetings</p>
        </div>
        <ButtonLink href="/expected/lists/new" hasSign>
          <ListPlus aria-hidden className="size-3.5" />
          New class list
        </ButtonLink>
      </div>
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
