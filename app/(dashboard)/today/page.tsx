import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { TodayScreen } from "#components/desk/today-screen.tsx";
import { deskForPage } from "#server/desk/pushes.ts";
import { viewerZone } from "#server/http/viewer.ts";

export default async function Today({ searchParams }: PageProps<"/today">) {
  await connection();
  const asked = await askedOf(searchParams);
  // The browser chooses by them, of what is pushed to it.
  for (const name of ["group", "source", "q"]) asked.text(name);
  const desk = await deskForPage(viewerZone());
  return (
    <Answered asked={asked}>
      <TodayScreen desk={desk} />
    </Answered>
  );
}
