import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { DoorField } from "./door-field.tsx";
import { askLibrary } from "./library.ts";
import { ROLE_WORDS } from "./role-words.ts";
import { SecondFactor } from "./second-factor.tsx";
import { SessionList } from "./session-list.tsx";
import type { SessionShown } from "./shown.ts";
import { enter } from "./use-door.ts";

/** Whoever is signed in: their name, password, second factor and browsers, and the way out. */
export function AccountCard({
  sessions,
  hasPassword,
}: {
  sessions: readonly SessionShown[];
  hasPassword: boolean;
}) {
  const { name, email, role } = useMe();
  const { mutate: signOut, isPending } = useMutation({
    mutationFn: async () => {
      // Whoever signs in here next is not told what is for somebody else.
      const { forgetThisDevice } = await import("#components/desk/alerts/devices/this-device.ts");
      await forgetThisDevice().catch(() => undefined);
      return askLibrary("/sign-out");
    },
    onSuccess: () => enter("/sign-in"),
  });
  return (
    <Card
      title="You"
      className="mt-4.5 max-w-4xl"
      aside={
        <Button look="small" className="text-dense" disabled={isPending} onClick={() => signOut()}>
          Sign out
        </Button>
      }
    >
      <div className="px-4 py-3 sm:px-4.5">
        <p className="wrap-anywhere font-strong text-dense">
          <bdi>{name}</bdi>
        </p>
        <p className="wrap-anywhere text-note text-ink-2">
          {email} · {ROLE_WORDS[role].name}: {ROLE_WORDS[role].note}
        </p>
      </div>
      {hasPassword && (
        <>
          <PasswordForm />
          <SecondFactor />
        </>
      )}
      <SessionList sessions={sessions} />
    </Card>
  );
}

function PasswordForm() {
  const router = useRouter();
  const [current, setCurrent] = useState("");
  const [renewed, setRenewed] = useState("");
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => tellApi("/me/password", { method: "PUT", body: { current, new: renewed } }),
    onSuccess: () => {
      setCurrent("");
      setRenewed("");
      router.refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <details className="border-line border-t">
      <summary className="cursor-pointer px-4 py-2.5 text-dense text-ink-2 sm:px-4.5">
        Change the password
      </summary>
      <form onSubmit={submit} className="grid max-w-sm gap-3 px-4 pb-4 sm:px-4.5">
        <DoorField
          label="Present password"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={({ target }) => setCurrent(target.value)}
        />
        <DoorField
          label="New password"
          note="At least 8 characters. Your other browsers are signed out."
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          required
          value={renewed}
          onChange={({ target }) => setRenewed(target.value)}
        />
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <div className="flex items-center gap-3">
          <Button type="submit" disabled={isPending}>
            {isPending ? "Changing…" : "Change it"}
          </Button>
          <span role="status" className="text-note text-ink-2">
            {isSuccess && "Changed."}
          </span>
        </div>
      </form>
    </details>
  );
}
