import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { WallboardScreen } from "#components/access/shares/wallboard/wallboard-screen.tsx";
import { readWallboard } from "#server/access/shares/shown.ts";
import { viewerZone } from "#server/http/viewer.ts";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { robots: { index: false, follow: false } };

/** For a screen that nobody touches, by its link. */
export default async function Wallboard({ params, searchParams }: PageProps<"/wallboard/[token]">) {
  const { token } = await params;
  const { theme } = await searchParams;
  const opened = await readWallboard(token, await headers());
  if (opened === null) notFound();
  return (
    <WallboardScreen
      token={token}
      opened={opened}
      timeZone={viewerZone()}
      theme={theme === "light" || theme === "dark" ? theme : null}
    />
  );
}
