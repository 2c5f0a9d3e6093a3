import { PeopleView } from "#components/history/people/people-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readPeoplePage } from "#server/api/history/people.ts";

export default async function People({ searchParams }: PageProps<"/people">) {
  return <PeopleView page={await readPeoplePage(paramsOf(await searchParams))} />;
}
