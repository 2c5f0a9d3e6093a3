import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi, tellApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { DeleteDialog } from "#components/operator/delete-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { momentOf } from "#components/words/moment.ts";
import { LinkShown } from "./link-shown.tsx";
import { canBeSent, type RightDraft, RightFields, rightOf } from "./right-fields.tsx";
import { ROLE_WORDS } from "./role-words.ts";
import type { MemberShown, SourceNamed } from "./shown.ts";
import { draftOf } from "./sight-fields.tsx";
import { sightWords } from "./sight-words.ts";

const accessLink = async () => (await import("#server/access/schema.ts")).accessLink;

interface OfMember {
  member: MemberShown;
  sources: readonly SourceNamed[];
}

interface RowOfMember extends OfMember {
  /** Whether anybody signs in with a password. */
  havePasswords: boolean;
}

/** One member: what they may and see, whether they came, and what an owner can do about it. */
export function MemberRow({ member, sources, havePasswords }: RowOfMember) {
  const [asking, setAsking] = useState<"change" | "link" | "remove" | null>(null);
  const clockFormat = useClockFormat();
  const { name, email, role, invited, last_seen_at } = member;
  const close = () => setAsking(null);
  const seen =
    last_seen_at === null ? "not signed in" : `seen ${momentOf(last_seen_at, clockFormat)}`;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 border-line border-t px-4 py-2.5 sm:px-4.5">
      <div className="min-w-0">
        <p className="wrap-anywhere font-strong text-dense">
          <bdi>{name}</bdi> <span className="font-normal text-ink-3">{email}</span>
        </p>
        <p className="num wrap-anywhere text-note text-ink-2">
          {ROLE_WORDS[role].name}, {sightWords(member, sources)} ·{" "}
          {invited ? "invited, not come yet" : seen}
          {member.second_factor && " · with a code"}
        </p>
      </div>
      <div className="flex flex-none flex-wrap gap-1.5">
        <Action label="Change" name={name} onClick={() => setAsking("change")} />
        {(invited || havePasswords) && (
          <Action
            label={invited ? "New invitation" : "New password"}
            name={name}
            onClick={() => setAsking("link")}
          />
        )}
        <Action label="Remove" name={name} onClick={() => setAsking("remove")} />
      </div>
      {asking === "change" && <ChangeDialog member={member} sources={sources} onClose={close} />}
      {asking === "link" && <LinkDialog member={member} onClose={close} />}
      {asking === "remove" && (
        <DeleteDialog
          title={
            <>
              Remove <bdi>{name}</bdi>?
            </>
          }
          lead="They are signed out at once, and cannot sign in again. What they entered stays."
          path={`/members/${member.id}`}
          action="Remove"
          underWay="Removing…"
          onClose={close}
        />
      )}
    </li>
  );
}

function Action({ label, name, onClick }: { label: string; name: string; onClick: () => void }) {
  return (
    <Button
      look="small"
      className="text-note"
      aria-haspopup="dialog"
      aria-label={`${label}: ${name}`}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function ChangeDialog({ member, sources, onClose }: OfMember & { onClose: () => void }) {
  const [right, setRight] = useState<RightDraft>({ role: member.role, ...draftOf(member) });
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => tellApi(`/members/${member.id}`, { method: "PATCH", body: rightOf(right) }),
    onSuccess: () => {
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} form="long">
      <DialogTitle>
        What <bdi>{member.name}</bdi> may
      </DialogTitle>
      <DialogText>What they have open follows within a second.</DialogText>
      <RightFields draft={right} sources={sources} onChange={setRight} />
      {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
      <DialogActions>
        <Button look="primary" disabled={isPending || !canBeSent(right)} onClick={() => mutate()}>
          {isPending ? "Changing…" : "Change it"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function LinkDialog({ member, onClose }: { member: MemberShown; onClose: () => void }) {
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => askApi(`/members/${member.id}/link`, accessLink, { method: "POST" }),
  });
  if (data !== undefined) {
    const lasts = data.kind === "reset" ? "for a day" : "for a week";
    return <LinkShown name={member.name} url={data.url} lasts={lasts} onClose={onClose} />;
  }
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>
        Make a link for <bdi>{member.name}</bdi>?
      </DialogTitle>
      <DialogText>
        {member.invited
          ? "The invitation that was made before is good no more."
          : "With it they choose a new password. Until then the present one goes on."}
      </DialogText>
      {error !== null && <DialogFailure>{error.message}</DialogFailure>}
      <DialogActions>
        <Button look="primary" disabled={isPending} onClick={() => mutate()}>
          {isPending ? "Making…" : "Make the link"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
