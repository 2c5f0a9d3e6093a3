import { notFound } from "next/navigation";
import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { ScheduledScreen } from "#components/scheduled/scheduled-screen.tsx";
import { openScheduled } from "#server/scheduled/pages.ts";

export default async function ScheduledPage({ params, searchParams }: PageProps<"/expected/[id]">) {
  await connection();
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const opened = await openScheduled(id);
  if (opened === null) return notFound();
  return (
    <Answered asked={asked}>
      <ScheduledScreen key={id} opened={opened} />
    </Answered>
  );
}
