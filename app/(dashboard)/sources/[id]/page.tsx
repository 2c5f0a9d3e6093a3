import { notFound } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { SourceScreen } from "#components/sources/page/source-screen.tsx";
import { pageCaller } from "#server/http/viewer.ts";
import { readSourcePage } from "#server/sources/page.ts";

export const dynamic = "force-dynamic";

export default async function Source({ params, searchParams }: PageProps<"/sources/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const page = await readSourcePage(id, pageCaller());
  if (page === null) return notFound();
  return (
    <Answered asked={asked}>
      <SourceScreen {...page} />
    </Answered>
  );
}
