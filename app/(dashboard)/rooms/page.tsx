import { Answered, askedOf, columnsAsked } from "#app/answered.tsx";
import { COLUMNS } from "#components/rooms/columns.ts";
import { RoomsScreen } from "#components/rooms/rooms-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readRoomsPage } from "#server/rooms/page.ts";

export default async function Rooms({ searchParams }: PageProps<"/rooms">) {
  const asked = await askedOf(searchParams);
  columnsAsked(asked, COLUMNS);
  const page = shown(await readRoomsPage(asked));
  return (
    <Answered asked={asked}>
      <RoomsScreen page={page} />
    </Answered>
  );
}
