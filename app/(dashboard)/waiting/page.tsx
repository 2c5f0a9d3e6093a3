import { redirect } from "next/navigation";
import { Answered, askedOf } from "#app/answered.tsx";
import { WaitingScreen } from "#components/waits/waiting-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { withOwnMeasure } from "#server/waits/own-measure.ts";
import { readWaitingPage } from "#server/waits/page.ts";

export default async function Waiting({ searchParams }: PageProps<"/waiting">) {
  const asked = await askedOf(searchParams);
  const own = withOwnMeasure(asked);
  if (own !== null) redirect(own);
  const page = shown(await readWaitingPage(asked));
  return (
    <Answered asked={asked}>
      <WaitingScreen page={page} />
    </Answered>
  );
}
