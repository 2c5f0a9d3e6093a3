import { Answered, askedOf, columnsAsked } from "#app/answered.tsx";
import { RoomsScreen } from "#components/rooms/rooms-screen.tsx";
import { ROOM_COLUMNS } from "#domain/rooms/rooms.ts";
import { shown } from "#server/http/shown.ts";
import { readRoomsPage } from "#server/rooms/page.ts";

export default async function Rooms({ searchParams }: PageProps<"/rooms">) {
  const asked = await askedOf(searchParams);
  columnsAsked(asked, ROOM_COLUMNS);
  const page = shown(await readRoomsPage(asked));
  return (
    <Answered asked={asked}>
      <RoomsScreen page={page} />
    </Answered>
  );
}
