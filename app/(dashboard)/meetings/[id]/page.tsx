import { notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { MeetingView } from "#components/meeting/meeting-view.tsx";
import { readMeeting } from "#server/live/meeting.ts";

export default async function MeetingPage({ params }: PageProps<"/meetings/[id]">) {
  await connection();
  const { id } = await params;
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found":
      return <MeetingView key={found.facts.id} facts={found.facts} />;
    case "merged":
      return redirect(`/meetings/${found.into}`);
    case "unknown":
      return notFound();
    default:
      return found satisfies never;
  }
}
