import { SourcesView } from "#components/history/sources/sources-view.tsx";
import { readRemoval } from "#server/api/demonstration.ts";
import { readSources } from "#server/api/sources.ts";

export const dynamic = "force-dynamic";

export default async function Sources() {
  const [sources, removal] = await Promise.all([readSources(), readRemoval()]);
  return <SourcesView opened={sources} removal={removal} />;
}
