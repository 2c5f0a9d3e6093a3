import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { WholeNames } from "#components/ui/whole-names.tsx";
import { THEME_SCRIPT } from "#components/viewer/theme.ts";
import { zoneOffsetsAround } from "#components/words/zone-offsets.ts";
import { pageSettings, viewer, viewerZone } from "#server/http/viewer.ts";
import { latin } from "./font.ts";
import "./globals.css";

export const metadata: Metadata = {
  description: "Who is in which meeting, who waits, and who attended, as it happens.",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1015" },
  ],
};

/** Rendered for each request: the scripts it may run are named by a nonce of this request. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // What a member chose stands in the page; else the browser knows, before the first paint.
  const settings = pageSettings();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html
      lang="en"
      className={latin.variable}
      data-theme={settings?.theme ?? undefined}
      data-manner={JSON.stringify(viewer().manner)}
      data-zone={JSON.stringify(zoneOffsetsAround(viewerZone(), Date.now()))}
      suppressHydrationWarning
    >
      <head>
        {settings === null && (
          <script nonce={nonce} suppressHydrationWarning>
            {THEME_SCRIPT}
          </script>
        )}
      </head>
      <body>
        {children}
        <WholeNames />
      </body>
    </html>
  );
}
