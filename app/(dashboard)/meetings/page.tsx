import { MeetingsView } from "#components/history/meetings/meetings-view.tsx";
import { readMeetingsPage } from "#server/api/history/meetings.ts";
import { paramsOf } from "#server/api/history/params.ts";

export default async function Meetings({ searchParams }: PageProps<"/meetings">) {
  return <MeetingsView page={await readMeetingsPage(paramsOf(await searchParams))} />;
}
