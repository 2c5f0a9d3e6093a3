import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { AlertsScreen } from "#components/desk/alerts/alerts-screen.tsx";
import { readAlertsPage } from "#server/desk/alerts/page.ts";
import { pageCaller } from "#server/http/viewer.ts";

export default async function Alerts({ searchParams }: PageProps<"/alerts">) {
  await connection();
  const asked = await askedOf(searchParams);
  const page = await readAlertsPage(pageCaller(), asked.text("before"));
  return (
    <Answered asked={asked}>
      <AlertsScreen {...page} />
    </Answered>
  );
}
