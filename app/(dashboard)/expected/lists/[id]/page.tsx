import { notFound } from "next/navigation";
import { connection } from "next/server";
import { ClassListView } from "#components/history/expected/lists/list-view.tsx";
import { openClassList } from "#server/expected/list-pages.ts";

export default async function ClassList({ params }: PageProps<"/expected/lists/[id]">) {
  await connection();
  const { id } = await params;
  const opened = await openClassList(id);
  return opened === null ? notFound() : <ClassListView opened={opened} />;
}
