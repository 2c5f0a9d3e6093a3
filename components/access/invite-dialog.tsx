import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogFailure, DialogTitle } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { LinkShown } from "./link-shown.tsx";
import { canBeSent, type RightDraft, RightFields, rightOf } from "./right-fields.tsx";
import type { SourceNamed } from "./shown.ts";
import { NO_LIMITS } from "./sight-fields.tsx";

const invited = async () => (await import("#server/access/schema.ts")).invited;

/** Invites somebody, and shows the link that lets them in. */
export function InviteDialog({
  sources,
  onClose,
}: {
  sources: readonly SourceNamed[];
  onClose: () => void;
}) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [right, setRight] = useState<RightDraft>({ role: "viewer", ...NO_LIMITS });
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi("/members", invited, {
        method: "POST",
        body: { name, email, ...rightOf(right) },
      }),
    onSuccess: () => router.refresh(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data !== undefined) {
    return (
      <LinkShown
        name={data.name}
        url={data.invite_url}
        lasts="for a week"
        isMailed={data.mailed}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>Invite somebody</DialogTitle>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">Name</span>
          <input
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={100}
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">E-mail</span>
          <input
            type="email"
            value={email}
            onChange={({ target }) => setEmail(target.value)}
            maxLength={254}
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        <RightFields draft={right} sources={sources} onChange={setRight} />
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending || !canBeSent(right)}>
            {isPending ? "Inviting…" : "Make the link"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
