import { notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { OpenedMeeting } from "#components/meeting/opened-meeting.tsx";
import { packFacts } from "#domain/packing.ts";
import { paramsOf } from "#server/api/history/params.ts";
import { readScheduledOfMeeting } from "#server/expected/pages.ts";
import { readMeeting } from "#server/live/meeting.ts";

export default async function MeetingPage({ params, searchParams }: PageProps<"/meetings/[id]">) {
  await connection();
  const { id } = await params;
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found":
      return (
        <OpenedMeeting
          key={found.facts.id}
          packed={packFacts(found.facts)}
          expected={await readScheduledOfMeeting(found.facts.id)}
        />
      );
    case "merged": {
      // How the meeting is looked at goes along to where it was merged.
      const query = paramsOf(await searchParams);
      return redirect(`/meetings/${found.into}${query.size === 0 ? "" : `?${query}`}`);
    }
    case "unknown":
      return notFound();
    default:
      return found satisfies never;
  }
}
