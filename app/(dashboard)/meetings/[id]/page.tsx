import { notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { OpenedMeeting } from "#components/meeting/opened-meeting.tsx";
import { packFacts } from "#domain/packing.ts";
import { readMeeting } from "#server/live/meeting.ts";

export default async function MeetingPage({ params, searchParams }: PageProps<"/meetings/[id]">) {
  await connection();
  const { id } = await params;
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found":
      return <OpenedMeeting key={found.facts.id} packed={packFacts(found.facts)} />;
    case "merged":
      return redirect(`/meetings/${found.into}${queryOf(await searchParams)}`);
    case "unknown":
      return notFound();
    default:
      return found satisfies never;
  }
}

/** How the meeting is looked at goes along to where it was merged. */
function queryOf(params: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of [value ?? []].flat()) query.append(name, one);
  }
  return query.size === 0 ? "" : `?${query}`;
}
