import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { OpenedWithLive } from "#components/live/opened-live.tsx";
import { LiveScreen } from "#components/live-page/live-screen.tsx";
import { pack } from "#domain/packed.ts";
import { liveForPages } from "#server/live/recent.ts";
import { viewerZone } from "#server/viewer/viewer.ts";

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
