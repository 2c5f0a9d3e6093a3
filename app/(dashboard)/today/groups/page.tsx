import { Answered, askedOf } from "#app/answered.tsx";
import { GroupsClosed } from "#components/desk/groups/groups-closed.tsx";
import { GroupsScreen } from "#components/desk/groups/groups-screen.tsx";
import { readGroupsPage } from "#server/desk/groups/page.ts";
import { pageCaller } from "#server/http/viewer.ts";

export const dynamic = "force-dynamic";

export default async function Groups({ searchParams }: PageProps<"/today/groups">) {
  const asked = await askedOf(searchParams);
  // A link from a room asks for a group of its own; the browser reads which.
  asked.text("room");
  asked.text("source");
  const page = await readGroupsPage(pageCaller());
  return (
    <Answered asked={asked}>
      {page === null ? <GroupsClosed /> : <GroupsScreen {...page} />}
    </Answered>
  );
}
