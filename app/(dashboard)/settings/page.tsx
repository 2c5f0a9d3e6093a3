import { Answered, askedOf } from "#app/answered.tsx";
import { SettingsScreen } from "#components/access/settings-screen.tsx";
import { readKeys } from "#server/access/api.ts";

export const dynamic = "force-dynamic";

export default async function Settings({ searchParams }: PageProps<"/settings">) {
  const asked = await askedOf(searchParams);
  return (
    <Answered asked={asked}>
      <SettingsScreen keys={await readKeys()} now={Date.now()} />
    </Answered>
  );
}
