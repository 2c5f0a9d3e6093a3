import { notFound } from "next/navigation";
import { connection } from "next/server";
import { ScheduledView } from "#components/history/expected/scheduled-view.tsx";
import { openScheduled } from "#server/expected/pages.ts";

export default async function ScheduledPage({ params }: PageProps<"/expected/[id]">) {
  await connection();
  const { id } = await params;
  const opened = await openScheduled(id);
  return opened === null ? notFound() : <ScheduledView key={id} opened={opened} />;
}
