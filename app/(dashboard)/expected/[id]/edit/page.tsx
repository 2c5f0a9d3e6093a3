import { notFound } from "next/navigation";
import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { ChangeScheduled } from "#components/scheduled/form/scheduled-screens.tsx";
import { sightNow } from "#db/access/sight/seeing.ts";
import { readListChoices } from "#server/scheduled/list-pages.ts";
import { openScheduled, readFormChoices } from "#server/scheduled/pages.ts";
import { rosterText } from "#server/scheduled/roster-as-text.ts";

export default async function ChangeScheduledPage({
  params,
  searchParams,
}: PageProps<"/expected/[id]/edit">) {
  await connection();
  const { id } = await params;
  const asked = await askedOf(searchParams);
  // Who sees initials would write them in the place of names.
  if (sightNow().masked) return notFound();
  const [opened, choices, lists] = await Promise.all([
    openScheduled(id),
    readFormChoices(),
    readListChoices(),
  ]);
  if (opened === null || opened.scheduled.erasedAt !== null) return notFound();
  const { scheduled, facts } = opened;
  return (
    <Answered asked={asked}>
      <ChangeScheduled
        key={`${id} ${scheduled.changedAt}`}
        scheduled={scheduled}
        roster={rosterText(facts.roster)}
        choices={choices}
        lists={lists}
      />
    </Answered>
  );
}
