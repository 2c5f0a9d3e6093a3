import { Answered, askedOf } from "#app/answered.tsx";
import { SettingsScreen } from "#components/access/settings-screen.tsx";
import { readSettings } from "#server/access/page.ts";
import { pageCaller } from "#server/http/viewer.ts";

export const dynamic = "force-dynamic";

export default async function Settings({ searchParams }: PageProps<"/settings">) {
  const asked = await askedOf(searchParams);
  return (
    <Answered asked={asked}>
      <SettingsScreen {...(await readSettings(pageCaller()))} now={Date.now()} />
    </Answered>
  );
}
