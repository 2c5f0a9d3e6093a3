import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { SharedMeetingScreen } from "#components/access/shares/meeting/shared-meeting-screen.tsx";
import { readSharedMeeting } from "#server/access/shares/shown.ts";
import { viewerZone } from "#server/http/viewer.ts";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { robots: { index: false, follow: false } };

/** For whoever has the link, without the dashboard around it. */
export default async function SharedMeeting({ params }: PageProps<"/shared/[token]">) {
  const { token } = await params;
  const opened = await readSharedMeeting(token, await headers());
  if (opened === null) notFound();
  return <SharedMeetingScreen token={token} opened={opened} timeZone={viewerZone()} />;
}
