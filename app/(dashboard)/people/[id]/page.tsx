import { notFound } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { PersonScreen } from "#components/people/person/person-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readPersonPage } from "#server/people/person.ts";

export default async function Person({ params, searchParams }: PageProps<"/people/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const page = shown(await readPersonPage(id, asked));
  if (page === null) notFound();
  return (
    <Answered asked={asked}>
      <PersonScreen page={page} />
    </Answered>
  );
}
