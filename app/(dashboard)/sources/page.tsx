import { Answered, askedOf } from "#app/answered.tsx";
import { SourcesScreen } from "#components/sources/sources-screen.tsx";
import { readRemoval } from "#server/demo/api.ts";
import { readSources } from "#server/sources/json.ts";

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
