import { notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { OpenedMeeting } from "#components/meeting/opened-meeting.tsx";
import { packFacts } from "#domain/packing.ts";
import { readMeeting } from "#server/live/meeting.ts";

export default async function MeetingPage({ params }: PageProps<"/meetings/[id]">) {
  await connection();
  const { id } = await params;
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found":
      return <OpenedMeeting key={found.facts.id} packed={packFacts(found.facts)} />;
    case "merged":
      return redirect(`/meetings/${found.into}`);
    case "unknown":
      return notFound();
    default:
      return found satisfies never;
  }
}
