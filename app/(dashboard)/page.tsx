import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { FloorView } from "#components/floor/floor-view.tsx";
import { OpenedWithFloor } from "#components/live/opened-floor.tsx";
import { pack } from "#domain/packed.ts";
import { floorForPages } from "#server/live/recent.ts";
import { viewerZone } from "#server/viewer/viewer.ts";

export default async function LivePage({ searchParams }: PageProps<"/">) {
  await connection();
  const asked = await askedOf(searchParams);
  const floor = await floorForPages(viewerZone());
  return (
    <OpenedWithFloor packed={pack(floor)}>
      <Answered asked={asked}>
        <FloorView />
      </Answered>
    </OpenedWithFloor>
  );
}
