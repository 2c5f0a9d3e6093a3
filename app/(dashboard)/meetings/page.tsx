import { Answered, askedOf, columnsAsked } from "#app/answered.tsx";
import { MeetingsScreen } from "#components/meetings/meetings-screen.tsx";
import { MEETING_COLUMNS } from "#domain/meetings/meetings.ts";
import { shown } from "#server/http/shown.ts";
import { readMeetingsPage } from "#server/meetings/page.ts";

export default async function Meetings({ searchParams }: PageProps<"/meetings">) {
  const asked = await askedOf(searchParams);
  columnsAsked(asked, MEETING_COLUMNS);
  const page = shown(await readMeetingsPage(asked));
  return (
    <Answered asked={asked}>
      <MeetingsScreen page={page} />
    </Answered>
  );
}
