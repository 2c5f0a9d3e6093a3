import { notFound } from "next/navigation";
import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { ClassListForm } from "#components/scheduled/lists/list-form.tsx";
import { sightNow } from "#db/access/sight/seeing.ts";
import { openClassList } from "#server/scheduled/list-pages.ts";
import { rosterText } from "#server/scheduled/roster-as-text.ts";

export default async function ChangeClassList({
  params,
  searchParams,
}: PageProps<"/expected/lists/[id]/edit">) {
  await connection();
  const { id } = await params;
  const asked = await askedOf(searchParams);
  // Who sees initials would write them in the place of names.
  if (sightNow().masked) return notFound();
  const opened = await openClassList(id);
  if (opened === null) return notFound();
  const { list, people } = opened;
  // Of erased people nothing is left that could be written down.
  const start = list.erasedAt === null ? rosterText(people) : { text: "", commas: null };
  return (
    <Answered asked={asked}>
      <ClassListForm key={`${id} ${list.changedAt}`} id={id} name={list.name ?? ""} start={start} />
    </Answered>
  );
}
