import { Answered, askedOf } from "#app/answered.tsx";
import { EndpointsClosed } from "#components/integrations/outgoing/endpoints-closed.tsx";
import { EndpointsScreen } from "#components/integrations/outgoing/endpoints-screen.tsx";
import { pageCaller } from "#server/http/viewer.ts";
import { readEndpointsPage } from "#server/integrations/outgoing/page.ts";

export const dynamic = "force-dynamic";

export default async function Endpoints({ searchParams }: PageProps<"/endpoints">) {
  const asked = await askedOf(searchParams);
  const page = await readEndpointsPage(pageCaller());
  return (
    <Answered asked={asked}>
      {page === null ? <EndpointsClosed /> : <EndpointsScreen {...page} />}
    </Answered>
  );
}
