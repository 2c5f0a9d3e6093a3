import { notFound } from "next/navigation";
import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { ClassListScreen } from "#components/scheduled/lists/class-list-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { openClassList } from "#server/scheduled/list-pages.ts";

export default async function ClassList({
  params,
  searchParams,
}: PageProps<"/expected/lists/[id]">) {
  await connection();
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const opened = shown(await openClassList(id));
  if (opened === null) return notFound();
  return (
    <Answered asked={asked}>
      <ClassListScreen opened={opened} />
    </Answered>
  );
}
