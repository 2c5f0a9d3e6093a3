import { connection } from "next/server";
import { NewScheduled } from "#components/history/expected/form/scheduled-screens.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readListChoices } from "#server/expected/list-pages.ts";
import { readFormChoices } from "#server/expected/pages.ts";

export default async function NewScheduledPage({ searchParams }: PageProps<"/expected/new">) {
  await connection();
  const room = paramsOf(await searchParams).get("room") ?? "";
  const [choices, lists] = await Promise.all([readFormChoices(), readListChoices()]);
  return <NewScheduled choices={choices} lists={lists} room={room} />;
}
