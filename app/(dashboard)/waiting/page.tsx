import { WaitingView } from "#components/history/waiting/waiting-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readWaitingPage } from "#server/api/history/waiting.ts";

export default async function Waiting({ searchParams }: PageProps<"/waiting">) {
  return <WaitingView page={await readWaitingPage(paramsOf(await searchParams))} />;
}
