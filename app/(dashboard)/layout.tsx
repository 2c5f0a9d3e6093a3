import { connection } from "next/server";
import type { ReactNode } from "react";
import { AppFrame } from "#components/frame/app-frame.tsx";
import { LiveProvider } from "#components/live/live-provider.tsx";
import { readFloor } from "#server/live/floor.ts";

/** Every screen inside stands on one live floor, read once and then pushed. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await connection();
  const floor = await readFloor();
  return (
    <LiveProvider floor={floor}>
      <AppFrame>{children}</AppFrame>
    </LiveProvider>
  );
}
