import { Answered, askedOf } from "#app/answered.tsx";
import { SettingsScreen } from "#components/access/settings-screen.tsx";
import { readKeys } from "#server/access/api.ts";
import { readSources } from "#server/sources/api.ts";

export const dynamic = "force-dynamic";

export default async function Settings({ searchParams }: PageProps<"/settings">) {
  const asked = await askedOf(searchParams);
  const [keys, sources] = await Promise.all([readKeys(), readSources()]);
  return (
    <Answered asked={asked}>
      <SettingsScreen
        keys={keys}
        sources={sources.map(({ id, name }) => ({ id, name }))}
        now={Date.now()}
      />
    </Answered>
  );
}
