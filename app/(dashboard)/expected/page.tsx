import { ExpectedView } from "#components/history/expected/expected-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readExpectedPage } from "#server/expected/pages.ts";

export default async function Expected({ searchParams }: PageProps<"/expected">) {
  return <ExpectedView page={await readExpectedPage(paramsOf(await searchParams))} />;
}
