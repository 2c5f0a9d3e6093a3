"use client";

import { usePathname } from "next/navigation";
import { type LiveState, shownMeetings, totalsNow } from "#components/sync/live-state.ts";
import { isInProgress, titleOf } from "#components/sync/meeting-order.ts";
import { useLive } from "#components/sync/use-live.ts";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { roleMay } from "#domain/access/role.ts";
import type { Access } from "#domain/access/scope.ts";
import { LISTS } from "#domain/lists/lists.ts";
import type { LiveMeeting } from "#domain/live/wire.ts";

const MOST_LISTED = 14;

/** The screens besides the live page, in the order of the navigation. */
export const SCREENS = [
  { href: "/today", name: "Today" },
  { href: "/alerts", name: "Alerts" },
  ...LISTS.map(({ name, title }) => ({ href: `/${name}`, name: title }) as const),
  { href: "/waiting", name: "Waiting room" },
  { href: "/expected", name: "Expected" },
  { href: "/deliveries", name: "Deliveries", access: "write" },
  { href: "/sources", name: "Sources" },
  { href: "/settings", name: "Settings" },
] as const satisfies readonly { href: `/${string}`; name: string; access?: Access }[];

/** The screens that whoever looks may see. */
export function useScreens() {
  const me = useMe();
  return SCREENS.filter((screen) => !("access" in screen) || roleMay(me.role, screen.access));
}

/** The navigation: the live page, the other screens, and the meetings in progress. */
export function MainNav({ className = "" }: { className?: string }) {
  const pathname = usePathname() ?? "/";
  const screens = useScreens();
  const listed = useLive(firstInProgress);
  const count = useLive((live) => totalsNow(live).meetings);
  const more = count - listed.length;
  const isListed = listed.some(({ id }) => pathname === `/meetings/${id}`);
  return (
    <nav aria-label="Main" className={`flex min-h-0 flex-col ${className}`}>
      <NavLink href="/" here={pathname === "/"}>
        <span>Live</span>
        <Count of={count} label={counted(count, "meeting", "meetings")} />
      </NavLink>
      {screens.map(({ href, name }) => (
        <NavLink
          key={href}
          href={href}
          here={pathname === href || (pathname.startsWith(`${href}/`) && !isListed)}
          inside={pathname !== href}
        >
          {name}
        </NavLink>
      ))}
      {listed.length > 0 && (
        <ul
          aria-label="In progress"
          className="mt-2 flex min-h-0 flex-col overflow-y-auto border-line border-t pt-2"
        >
          <li aria-hidden className="px-2.5 pb-1 text-ink-3 text-caption">
            In progress
          </li>
          {listed.map((meeting) => (
            <li key={meeting.id}>
              <NavLink
                href={`/meetings/${meeting.id}`}
                here={pathname === `/meetings/${meeting.id}`}
                small
              >
                <PersonName name={titleOf(meeting)} className="min-w-0" />
                <Presence meeting={meeting} />
              </NavLink>
            </li>
          ))}
          {more > 0 && (
            <li className="px-2.5 py-1 text-ink-3 text-caption">and {grouped(more)} more</li>
          )}
        </ul>
      )}
    </nav>
  );
}

function NavLink({
  href,
  here,
  inside = false,
  small = false,
  children,
}: {
  href: string;
  here: boolean;
  /** The current page belongs to that screen. */
  inside?: boolean;
  small?: boolean;
  children: React.ReactNode;
}) {
  const size = small ? "py-1 text-dense" : "py-1.75 font-medium";
  const state = here ? "bg-sunken text-ink font-strong" : "text-ink-2 hover:text-ink";
  return (
    <Link
      href={href}
      aria-current={here ? (inside ? "true" : "page") : undefined}
      className={`flex items-center justify-between gap-2 rounded-lg px-2.5 ${size} ${state}`}
    >
      {children}
    </Link>
  );
}

function Presence({ meeting }: { meeting: LiveMeeting }) {
  const { present_count: present, waiting_count: waiting } = meeting;
  return (
    <span className="flex flex-none items-center gap-1.5">
      {waiting > 0 && (
        <span className="size-1.75 rounded-full bg-waiting" title={`${waiting} waiting`}>
          <span className="sr-only">{waiting} waiting,</span>
        </span>
      )}
      <Count of={present} label={`${present} in`} />
    </span>
  );
}

function Count({ of, label }: { of: number; label: string }) {
  return (
    <span className="num font-strong text-ink-3 text-caption">
      <span aria-hidden>{grouped(of)}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

function firstInProgress(live: LiveState): LiveMeeting[] {
  return shownMeetings(live).filter(isInProgress).slice(0, MOST_LISTED);
}
