import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { CodeDemand } from "#domain/access/code-demand.ts";
import { CodeDemandField } from "./code-demand-field.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberRow } from "./member-row.tsx";
import { SetUpNote } from "./set-up-note.tsx";
import type { MemberShown, SourceNamed } from "./shown.ts";

/** Everybody who may sign in; as long as nobody does, how the first one becomes the owner. */
export function MembersCard({
  members,
  sources,
  isOwned,
  havePasswords,
  codeOf,
}: {
  members: readonly MemberShown[];
  sources: readonly SourceNamed[];
  isOwned: boolean;
  /** Whether anybody signs in with a password. */
  havePasswords: boolean;
  codeOf: CodeDemand;
}) {
  const [isInviting, setInviting] = useState(false);
  return (
    <Card
      title="Members"
      note={members.length === 0 ? undefined : members.length}
      className="mt-4.5 max-w-4xl"
      aside={
        isOwned && (
          <Button
            look="small"
            className="text-dense"
            aria-haspopup="dialog"
            onClick={() => setInviting(true)}
          >
            Invite
          </Button>
        )
      }
    >
      {isOwned ? (
        <p className="max-w-2xl px-4 py-3 text-dense text-ink-2 sm:px-4.5">
          Members sign in with their own {havePasswords ? "password" : "account elsewhere"}. Each
          sees and does no more than is said here.
        </p>
      ) : (
        <SetUpNote />
      )}
      <ul aria-label="Members">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            sources={sources}
            havePasswords={havePasswords}
          />
        ))}
      </ul>
      {isOwned && havePasswords && <CodeDemandField of={codeOf} />}
      {isInviting && <InviteDialog sources={sources} onClose={() => setInviting(false)} />}
    </Card>
  );
}
