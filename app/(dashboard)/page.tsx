import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { LiveScreen } from "#components/live/live-screen.tsx";
import { OpenedWithLive } from "#components/sync/opened-live.tsx";
import { pack } from "#domain/live/packed.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { liveForPages } from "#server/live/recent.ts";

export default async function LivePage({ searchParams }: PageProps<"/">) {
  await connection();
  const asked = await askedOf(searchParams);
  const live = await liveForPages(viewerZone());
  return (
    <OpenedWithLive packed={pack(live)}>
      <Answered asked={asked}>
        <LiveScreen />
      </Answered>
    </OpenedWithLive>
  );
}
