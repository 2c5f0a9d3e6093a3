import { Answered, askedOf } from "#app/answered.tsx";
import { WaitingScreen } from "#components/waits/waiting-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readWaitingPage } from "#server/waits/page.ts";

export default async function Waiting({ searchParams }: PageProps<"/waiting">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readWaitingPage(asked));
  return (
    <Answered asked={asked}>
      <WaitingScreen page={page} />
    </Answered>
  );
}
