import { notFound } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { EndpointScreen } from "#components/integrations/outgoing/page/endpoint-screen.tsx";
import { pageCaller } from "#server/http/viewer.ts";
import { readEndpointPage } from "#server/integrations/outgoing/page.ts";

export const dynamic = "force-dynamic";

export default async function Endpoint({ params, searchParams }: PageProps<"/endpoints/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const page = await readEndpointPage(id, pageCaller());
  if (page === null) return notFound();
  return (
    <Answered asked={asked}>
      <EndpointScreen {...page} />
    </Answered>
  );
}
