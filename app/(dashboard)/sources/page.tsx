import { SourcesView } from "#components/history/sources/sources-view.tsx";
import { readSources } from "#server/api/sources.ts";

export const dynamic = "force-dynamic";

export default async function Sources() {
  return <SourcesView opened={await readSources()} />;
}
