import { ImportView } from "#components/history/import/import-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readImportsPage } from "#server/api/imported.ts";

export default async function Import({ searchParams }: PageProps<"/import">) {
  return <ImportView page={await readImportsPage(paramsOf(await searchParams))} />;
}
