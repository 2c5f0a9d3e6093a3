import { Answered, askedOf } from "#app/answered.tsx";
import { ClassListsScreen } from "#components/history/expected/lists/class-lists-screen.tsx";
import { readClassListsPage } from "#server/expected/list-pages.ts";

export default async function ClassLists({ searchParams }: PageProps<"/expected/lists">) {
  const asked = await askedOf(searchParams);
  const page = await readClassListsPage(asked);
  return (
    <Answered asked={asked}>
      <ClassListsScreen page={page} />
    </Answered>
  );
}
