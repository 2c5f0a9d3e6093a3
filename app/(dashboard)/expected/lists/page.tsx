import { Answered, askedOf } from "#app/answered.tsx";
import { ClassListsScreen } from "#components/scheduled/lists/class-lists-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readClassListsPage } from "#server/scheduled/list-pages.ts";

export default async function ClassLists({ searchParams }: PageProps<"/expected/lists">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readClassListsPage(asked));
  return (
    <Answered asked={asked}>
      <ClassListsScreen page={page} />
    </Answered>
  );
}
