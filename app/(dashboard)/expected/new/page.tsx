import { connection } from "next/server";
import { NewScheduled } from "#components/history/expected/form/scheduled-screens.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readFormChoices } from "#server/expected/pages.ts";

export default async function NewScheduledPage({ searchParams }: PageProps<"/expected/new">) {
  await connection();
  const room = paramsOf(await searchParams).get("room") ?? "";
  return <NewScheduled choices={await readFormChoices()} room={room} />;
}
