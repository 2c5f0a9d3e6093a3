import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { NewScheduled } from "#components/scheduled/form/scheduled-screens.tsx";
import { readListChoices } from "#server/scheduled/list-pages.ts";
import { readFormChoices } from "#server/scheduled/pages.ts";

export default async function NewScheduledPage({ searchParams }: PageProps<"/expected/new">) {
  await connection();
  const asked = await askedOf(searchParams);
  const room = asked.text("room") ?? "";
  const [choices, lists] = await Promise.all([readFormChoices(), readListChoices()]);
  return (
    <Answered asked={asked}>
      <NewScheduled choices={choices} lists={lists} room={room} />
    </Answered>
  );
}
