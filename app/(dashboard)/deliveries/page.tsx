import { Answered, askedOf } from "#app/answered.tsx";
import { DeliveriesClosed } from "#components/sources/deliveries/deliveries-closed.tsx";
import { DeliveriesScreen } from "#components/sources/deliveries/deliveries-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { pageCaller } from "#server/http/viewer.ts";
import { readDeliveriesPage } from "#server/sources/deliveries/page.ts";

export const dynamic = "force-dynamic";

export default async function Deliveries({ searchParams }: PageProps<"/deliveries">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readDeliveriesPage(asked, pageCaller()));
  return (
    <Answered asked={asked}>
      {page === null ? <DeliveriesClosed /> : <DeliveriesScreen page={page} />}
    </Answered>
  );
}
