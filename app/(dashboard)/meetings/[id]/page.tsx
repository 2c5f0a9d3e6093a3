import { notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { LENS } from "#components/meeting/lens/lens-address.ts";
import { OpenedMeeting } from "#components/meeting/opened-meeting.tsx";
import { UnreadableLater } from "#components/meeting/unreadable-later.tsx";
import { packFacts } from "#domain/live/packing.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { readScheduledOfMeeting } from "#server/scheduled/pages.ts";

export default async function MeetingPage({ params, searchParams }: PageProps<"/meetings/[id]">) {
  await connection();
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found": {
      const expected = await readScheduledOfMeeting(found.facts.id);
      // The browser applies the lens; here it is read for the notice only.
      for (const [name, { read, instead }] of Object.entries(LENS)) {
        asked.read<unknown>(name, read, instead);
      }
      return (
        <Answered asked={asked}>
          <OpenedMeeting key={found.facts.id} packed={packFacts(found.facts)} expected={expected} />
        </Answered>
      );
    }
    case "merged":
      // The parameters go along to the meeting it was merged into.
      return redirect(`/meetings/${found.into}${asked.size === 0 ? "" : `?${asked}`}`);
    case "unreadable":
      return <UnreadableLater event={found.event} />;
    case "unknown":
      return notFound();
    default:
      return found satisfies never;
  }
}
