"use client";

import { SharesCard } from "#components/shares/shares-card.tsx";
import type { ShareShown } from "#components/shares/shown.ts";
import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { AccountCard } from "./account-card.tsx";
import { KeysCard } from "./keys-card.tsx";
import { MembersCard } from "./members-card.tsx";
import type { ApiKeyShown, MemberShown, SessionShown } from "./shown.ts";

/** What only an owner sees of the settings. */
export interface OwnersSettings {
  members: readonly MemberShown[];
  keys: readonly ApiKeyShown[];
}

/** One's own settings, and for an owner those of the installation: who signs in, and the keys of programs. */
export function SettingsScreen({
  sessions,
  shares,
  sources,
  ofOwner,
  now,
}: {
  sessions: readonly SessionShown[];
  /** The shared links; `null` for who may make none. */
  shares: readonly ShareShown[] | null;
  sources: readonly { id: string; name: string }[];
  ofOwner: OwnersSettings | null;
  now: number;
}) {
  const isOwned = useMe().id !== null;
  return (
    <>
      <PageTitle name="Settings" />
      <PageName title="Settings" />
      {isOwned && <AccountCard sessions={sessions} />}
      {ofOwner !== null && (
        <>
          <MembersCard members={ofOwner.members} sources={sources} isOwned={isOwned} />
          <KeysCard keys={ofOwner.keys} now={now} />
        </>
      )}
      {shares !== null && <SharesCard shares={shares} sources={sources} now={now} />}
    </>
  );
}
