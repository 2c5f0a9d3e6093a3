import { Answered, askedOf, columnsAsked } from "#app/answered.tsx";
import { PeopleScreen } from "#components/people/people-screen.tsx";
import { PEOPLE_COLUMNS } from "#domain/people/people.ts";
import { shown } from "#server/http/shown.ts";
import { readPeoplePage } from "#server/people/page.ts";

export default async function People({ searchParams }: PageProps<"/people">) {
  const asked = await askedOf(searchParams);
  columnsAsked(asked, PEOPLE_COLUMNS);
  const page = shown(await readPeoplePage(asked));
  return (
    <Answered asked={asked}>
      <PeopleScreen page={page} />
    </Answered>
  );
}
