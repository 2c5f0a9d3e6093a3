import { RoomsView } from "#components/history/rooms/rooms-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readRoomsPage } from "#server/api/history/rooms.ts";

export default async function Rooms({ searchParams }: PageProps<"/rooms">) {
  return <RoomsView page={await readRoomsPage(paramsOf(await searchParams))} />;
}
