import { notFound } from "next/navigation";
import { connection } from "next/server";
import { PlainMeeting } from "#bench/baselines/plain-meeting.tsx";
import { readMeeting } from "#server/live/meeting.ts";

/** The plain way to a meeting's page: all facts are read and passed on unchanged. */
export default async function PlainMeetingPage({ params }: { params: Promise<{ id: string }> }) {
  await connection();
  const { id } = await params;
  const found = await readMeeting(id);
  return found.kind === "found" ? <PlainMeeting opened={found.facts} /> : notFound();
}
