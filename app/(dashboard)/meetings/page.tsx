import { Answered, askedOf, columnsAsked } from "#app/answered.tsx";
import { COLUMNS } from "#components/history/meetings/columns.ts";
import { MeetingsScreen } from "#components/history/meetings/meetings-screen.tsx";
import { readMeetingsPage } from "#server/api/history/meetings.ts";

export default async function Meetings({ searchParams }: PageProps<"/meetings">) {
  const asked = await askedOf(searchParams);
  columnsAsked(asked, COLUMNS);
  const page = await readMeetingsPage(asked);
  return (
    <Answered asked={asked}>
      <MeetingsScreen page={page} />
    </Answered>
  );
}
