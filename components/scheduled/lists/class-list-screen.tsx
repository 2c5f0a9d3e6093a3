"use client";

import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted } from "#components/words/count.ts";
import type { OpenedClassList } from "#domain/scheduled/class-list.ts";
import { aliasesByPosition } from "#domain/scheduled/entry-key.ts";
import { DeleteList } from "./delete-list.tsx";

/** One class list: who is on it, under which other names they came, and where it is used. */
export function ClassListScreen({ opened }: { opened: OpenedClassList }) {
  const { list, people, aliases, usedBy } = opened;
  const name = list.name ?? "Names removed";
  const aliasesOf = aliasesByPosition(people, aliases);
  return (
    <>
      <PageTitle name={`${name} · Class lists`} />
      <PageHead
        className="mb-4.5"
        above={<WayUp href="/expected/lists">Class lists</WayUp>}
        title={<bdi>{name}</bdi>}
        lead={
          <>
            {counted(people.length, "person", "people")} · set by {list.by}
          </>
        }
        actions={
          <May access="write" needs="everything">
            <ButtonLink href={`/expected/lists/${list.id}/edit`}>Change</ButtonLink>
            <DeleteList id={list.id} name={name} />
          </May>
        }
      >
        {list.erasedAt !== null && (
          <p className="text-dense text-ink-2">
            Its names were erased with what was held of the rooms it was used for.
          </p>
        )}
      </PageHead>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_318px]">
        <Card title="People" note={String(people.length)} className="min-w-0 overflow-hidden">
          {people.length === 0 ? (
            <p className="px-4.5 py-8 text-center text-dense text-ink-2">Nobody is on it yet.</p>
          ) : (
            <ul className="text-dense">
              {people.map(({ position, name: who, email, userId, role }) => (
                <li key={position} className="border-line border-b px-4.5 py-1.75 last:border-b-0">
                  <span className="flex min-w-0 items-center gap-1.5">
                    <PersonName name={who ?? email ?? userId} className="min-w-0 font-firm" />
                    {role === "host" && <span className="text-host-ink text-caption">host</span>}
                  </span>
                  <span className="num wrap-anywhere block text-ink-3 text-caption">
                    {[
                      ...(who !== null && email !== null ? [email] : []),
                      ...(userId !== null ? [`user ${userId}`] : []),
                      ...(aliasesOf.get(position) ?? []).map(
                        ({ seenAs, value }) => `also ${seenAs ?? value}`,
                      ),
                    ].join(" · ")}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title="Used by" note={usedBy.length === 0 ? undefined : String(usedBy.length)}>
          {usedBy.length === 0 ? (
            <p className="px-4.5 py-3.5 text-dense text-ink-3">
              No room yet. A room's page is where it is given its list.
            </p>
          ) : (
            <ul className="px-4.5 py-2 text-dense">
              {usedBy.map(({ id, key, title, source }) => (
                <li key={id} className="py-1">
                  <Link href={`/rooms/${id}`} className="wrap-anywhere hover:underline">
                    <bdi>{title ?? key}</bdi>
                  </Link>{" "}
                  <span className="text-ink-3 text-caption">{source}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  );
}
