import { Answered, askedOf } from "#app/answered.tsx";
import { SourcesScreen } from "#components/history/sources/sources-screen.tsx";
import { readRemoval } from "#server/api/demonstration.ts";
import { readSources } from "#server/api/sources.ts";

export const dynamic = "force-dynamic";

export default async function Sources({ searchParams }: PageProps<"/sources">) {
  const asked = await askedOf(searchParams);
  const [sources, removal] = await Promise.all([readSources(), readRemoval()]);
  return (
    <Answered asked={asked}>
      <SourcesScreen opened={sources} removal={removal} />
    </Answered>
  );
}
