import { notFound } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { REGISTER_SORTS } from "#components/rooms/register/order.ts";
import { RoomScreen } from "#components/rooms/register/room-screen.tsx";
import { readRegisterPage } from "#server/rooms/register.ts";

export default async function Room({ params, searchParams }: PageProps<"/rooms/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  // The browser applies the search and the order of a register; here they are read for the notice only.
  asked.text("q");
  asked.oneOf("sort", REGISTER_SORTS, "People are in the order of their names.");
  const page = await readRegisterPage(id, asked);
  if (page === null) return notFound();
  return (
    <Answered asked={asked}>
      <RoomScreen page={page} />
    </Answered>
  );
}
