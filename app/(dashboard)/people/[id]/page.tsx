import { notFound } from "next/navigation";
import { PersonView } from "#components/history/people/person/person-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readPersonPage } from "#server/api/history/person.ts";

export default async function Person({ params, searchParams }: PageProps<"/people/[id]">) {
  const { id } = await params;
  const page = await readPersonPage(id, paramsOf(await searchParams));
  if (page === null) notFound();
  return <PersonView page={page} />;
}
