import { Activity, type ReactNode } from "react";
import { AlertsOnScreen } from "#components/desk/alerts/alerts-on-screen.tsx";
import { NoteOnScreen } from "#components/desk/note-on-screen.tsx";
import { FilesNotice } from "#components/lists/download/files-notice.tsx";
import { UndoNotice } from "#components/operator/undo-notice.tsx";
import { BrandMark } from "#components/ui/brand-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { SkipLink } from "#components/ui/skip-link.tsx";
import { Announcer } from "./announcer.tsx";
import { FreshnessBadge } from "./freshness-badge.tsx";
import { KeptNotice } from "./kept-notice.tsx";
import { LinkedZone } from "./linked-zone.tsx";
import { MainNav } from "./main-nav.tsx";
import { NarrowNav } from "./narrow-nav.tsx";
import { OutdatedNotice } from "./outdated-notice.tsx";
import { PendingLinks } from "./pending-links.tsx";
import { RecordingNotice } from "./recording-notice.tsx";
import { ScrollRestoration } from "./scroll-restoration.tsx";
import { SignedIn } from "./signed-in.tsx";
import { StaleNotice } from "./stale-notice.tsx";
import { Standstill } from "./standstill.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { TimeControl } from "./time-control.tsx";

/** The frame around every screen: a bar at the side, or at the top where there is no room. */
export function AppFrame({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[224px_minmax(0,1fr)] print:block! print:min-h-0">
      <SkipLink to="main">Skip to content</SkipLink>
      <header className="sticky top-0 z-30 flex h-13 items-center gap-3 border-line border-b bg-ground px-4 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-0 lg:border-r lg:border-b-0 lg:px-3 lg:py-4.5 print:hidden!">
        <Link
          href="/"
          className="flex flex-none items-center gap-2.25 rounded-lg font-heading text-subhead tracking-head lg:mb-3.5 lg:px-2.5 lg:py-1"
        >
          <BrandMark />
          Rollcall
        </Link>
        <Activity>
          <MainNav className="max-lg:hidden" />
        </Activity>
        <NarrowNav />
        <div className="ml-auto flex min-w-0 items-center gap-3 lg:mt-auto lg:ml-0 lg:flex-col lg:items-start lg:gap-3 lg:px-2.5 lg:pt-4">
          <SignedIn className="max-w-full max-lg:hidden" />
          <FreshnessBadge />
          <div className="w-full max-lg:hidden">
            <TimeControl />
          </div>
          <div className="flex-none max-sm:hidden">
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="w-full min-w-0 max-w-[1560px] outline-none px-4 pt-5 pb-12 sm:px-7 sm:pt-5.5 print:p-0"
      >
        <StaleNotice />
        <RecordingNotice />
        <LinkedZone />
        <Standstill />
        {children}
      </main>
      <AlertsOnScreen />
      <NoteOnScreen />
      <FilesNotice />
      <ScrollRestoration />
      <PendingLinks />
      <Announcer />
      <UndoNotice />
      <KeptNotice />
      <OutdatedNotice />
    </div>
  );
}
