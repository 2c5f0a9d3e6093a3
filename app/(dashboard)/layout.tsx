import { connection } from "next/server";
import type { ReactNode } from "react";
import { ActsProvider } from "#components/desk/acts/acts-provider.tsx";
import { AppFrame } from "#components/frame/app-frame.tsx";
import { PageErrors } from "#components/page-errors/page-errors.tsx";
import { ConnectEarly } from "#components/sync/connect-early.tsx";
import { LiveProvider } from "#components/sync/live-provider.tsx";
import { OwnSettingsProvider } from "#components/viewer/own-settings.tsx";
import { roleMay } from "#domain/access/role.ts";
import { meOf } from "#server/access/me.ts";
import { actsOfSources } from "#server/desk/acts/offered.ts";
import { pageCaller, viewer, viewerZone } from "#server/http/viewer.ts";
import { frameForPages } from "#server/live/recent.ts";
import { publishedUrl } from "#server/people/statements/page.ts";
import { providerWords } from "#server/providers/providers.ts";

/**
 * Every screen inside has one live snapshot: its totals are read here, its meetings by the screen that shows
 * them.
 */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await connection();
  const me = meOf(pageCaller());
  const [live, acts] = await Promise.all([
    frameForPages(viewerZone()),
    roleMay(me.role, "write") ? actsOfSources() : [],
  ]);
  return (
    <OwnSettingsProvider me={me}>
      <ConnectEarly />
      {/* Nobody is given it who is not let in, so the browser has to say who asks. */}
      <link rel="manifest" href="/manifest.webmanifest" crossOrigin="use-credentials" />
      <link rel="apple-touch-icon" href="/icon-192.png" />
      <PageErrors />
      <LiveProvider
        floor={live}
        viewer={viewer()}
        publicUrl={publishedUrl()}
        providers={providerWords}
      >
        <ActsProvider offered={acts}>
          <AppFrame>{children}</AppFrame>
        </ActsProvider>
      </LiveProvider>
    </OwnSettingsProvider>
  );
}
