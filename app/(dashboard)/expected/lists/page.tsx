import { ClassListsView } from "#components/history/expected/lists/lists-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readClassListsPage } from "#server/expected/list-pages.ts";

export default async function ClassLists({ searchParams }: PageProps<"/expected/lists">) {
  return <ClassListsView page={await readClassListsPage(paramsOf(await searchParams))} />;
}
