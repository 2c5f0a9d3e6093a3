import { Answered, askedOf } from "#app/answered.tsx";
import { ScheduledListScreen } from "#components/scheduled/scheduled-list-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readExpectedPage } from "#server/scheduled/pages.ts";

export default async function Expected({ searchParams }: PageProps<"/expected">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readExpectedPage(asked));
  return (
    <Answered asked={asked}>
      <ScheduledListScreen page={page} />
    </Answered>
  );
}
