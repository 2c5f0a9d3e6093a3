import { notFound } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { DeliveriesClosed } from "#components/sources/deliveries/deliveries-closed.tsx";
import { DeliveryScreen } from "#components/sources/deliveries/delivery/delivery-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { pageCaller } from "#server/http/viewer.ts";
import { readDeliveryPage } from "#server/sources/deliveries/page.ts";

export const dynamic = "force-dynamic";

export default async function Delivery({ params, searchParams }: PageProps<"/deliveries/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const page = shown(await readDeliveryPage(id, pageCaller()));
  if (page === null) notFound();
  return (
    <Answered asked={asked}>
      {page === "closed" ? <DeliveriesClosed /> : <DeliveryScreen page={page} />}
    </Answered>
  );
}
