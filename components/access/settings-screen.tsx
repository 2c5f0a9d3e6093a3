"use client";

import { SharesCard } from "#components/access/shares/shares-card.tsx";
import type { ShareShown } from "#components/access/shares/shown.ts";
import { DevicesLater } from "#components/desk/alerts/devices/devices-later.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { useMe } from "#components/viewer/me.tsx";
import type { CodeDemand } from "#domain/access/code-demand.ts";
import { AccountCard } from "./account-card.tsx";
import { KeysCard } from "./keys-card.tsx";
import { LookCard } from "./look-card.tsx";
import { MembersCard } from "./members-card.tsx";
import type { ApiKeyShown, MemberShown, SessionShown, SourceNamed } from "./shown.ts";

/** What only an owner sees of the settings. */
export interface OwnersSettings {
  members: readonly MemberShown[];
  keys: readonly ApiKeyShown[];
  /** Of whom a code besides the password is demanded. */
  codeOf: CodeDemand;
}

/** One's own settings, and for an owner those of the installation: who signs in, and the keys of programs. */
export function SettingsScreen({
  sessions,
  passwords,
  shares,
  sources,
  ofOwner,
  now,
}: {
  sessions: readonly SessionShown[];
  /** Whether who looks, and whether anybody at all, signs in with a password. */
  passwords: { isOwn: boolean; areUsed: boolean };
  /** The shared links; `null` for who may make none. */
  shares: readonly ShareShown[] | null;
  sources: readonly SourceNamed[];
  ofOwner: OwnersSettings | null;
  now: number;
}) {
  const isOwned = useMe().id !== null;
  return (
    <>
      <PageTitle name="Settings" />
      <PageName title="Settings" />
      {isOwned && <AccountCard sessions={sessions} hasPassword={passwords.isOwn} />}
      <LookCard />
      <DevicesLater className="mt-4.5 max-w-4xl" />
      {ofOwner !== null && (
        <>
          <MembersCard
            members={ofOwner.members}
            sources={sources}
            isOwned={isOwned}
            havePasswords={passwords.areUsed}
            codeOf={ofOwner.codeOf}
          />
          <KeysCard keys={ofOwner.keys} sources={sources} now={now} />
          <Card title="Webhooks to other systems" className="mt-4.5 max-w-4xl">
            <p className="px-4 py-3 text-dense text-ink-2 sm:px-4.5">
              Other systems can be told what happens here, as it happens:{" "}
              <Link href="/endpoints" className="underline">
                look at where webhooks are sent
              </Link>
              .
            </p>
          </Card>
          <Card title="Audit log" className="mt-4.5 max-w-4xl">
            <p className="px-4 py-3 text-dense text-ink-2 sm:px-4.5">
              Who changed something, took out a file or looked at a statement:{" "}
              <Link href="/audit" className="underline">
                look at the audit log
              </Link>
              .
            </p>
          </Card>
          <Card title="For a bug report" className="mt-4.5 max-w-4xl">
            <p className="px-4 py-3 text-dense text-ink-2 sm:px-4.5">
              Everything that was received and read, with made-up names, ids, rooms and texts:{" "}
              <a href="/api/v1/export" download className="underline">
                take it out as a file
              </a>
              . Numbers and times stay. Secrets, members, rosters and the audit log are not in it.
            </p>
          </Card>
        </>
      )}
      {shares !== null && <SharesCard shares={shares} sources={sources} now={now} />}
    </>
  );
}
