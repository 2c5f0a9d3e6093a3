import { connection } from "next/server";
import { FloorView } from "#components/floor/floor-view.tsx";
import { OpenedWithFloor } from "#components/live/opened-floor.tsx";
import { floorForPages } from "#server/live/recent.ts";
import { viewerZone } from "#server/viewer/viewer.ts";

export default async function LivePage() {
  await connection();
  const floor = await floorForPages(viewerZone());
  return (
    <OpenedWithFloor floor={floor}>
      <FloorView />
    </OpenedWithFloor>
  );
}
