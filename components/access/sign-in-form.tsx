"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { signInAddress } from "#domain/access/own-path.ts";
import { Door } from "./door.tsx";
import { DoorField } from "./door-field.tsx";
import { ForgottenForm } from "./forgotten-form.tsx";
import { askLibrary, goElsewhere } from "./library.ts";
import { enter, useDoor } from "./use-door.ts";

/** Where people have an account that lets them in, and whether nothing else does. */
type Elsewhere = { name: string; isOnly: boolean } | null;

/** Signs somebody in, and opens the page to sign in again, which leads on. */
export function SignInForm({
  next,
  elsewhere,
  sendsMail,
  refused,
}: {
  next: string | null;
  elsewhere: Elsewhere;
  sendsMail: boolean;
  refused: string | null;
}) {
  const [isCodeAsked, setCodeAsked] = useState(false);
  const [isForgotten, setForgotten] = useState(false);
  if (isCodeAsked) return <CodeForm next={next} />;
  if (isForgotten) return <ForgottenForm onBack={() => setForgotten(false)} />;
  return (
    <Door title="Sign in">
      {refused !== null && <DialogFailure>{refused}</DialogFailure>}
      {elsewhere !== null && <ElsewhereButton next={next} name={elsewhere.name} />}
      {elsewhere?.isOnly !== true && (
        <PasswordForm
          next={next}
          onCode={() => setCodeAsked(true)}
          onForgotten={sendsMail ? () => setForgotten(true) : null}
          isSecond={elsewhere !== null}
        />
      )}
    </Door>
  );
}

/** Leads to where somebody has an account, which leads back. */
export function ElsewhereButton({ next, name }: { next: string | null; name: string }) {
  const { submit, isTrying, failure } = useDoor(() => goElsewhere(next));
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3.5">
      {failure !== null && <DialogFailure>{failure}</DialogFailure>}
      <Button look="primary" type="submit" disabled={isTrying}>
        {isTrying ? "One moment…" : `Sign in with ${name}`}
      </Button>
    </form>
  );
}

/** By a password and perhaps a code. */
function PasswordForm({
  next,
  onCode,
  onForgotten,
  isSecond,
}: {
  next: string | null;
  onCode: () => void;
  /** `null` where only an owner can make a link for a new password. */
  onForgotten: (() => void) | null;
  /** There is another way above it. */
  isSecond: boolean;
}) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { submit, isTrying, failure, settle } = useDoor(async () => {
    const { twoFactorRedirect } = await askLibrary("/sign-in/email", { email, password });
    if (twoFactorRedirect !== true) return enter(signInAddress(next));
    settle();
    onCode();
  });
  return (
    <>
      <form
        onSubmit={submit}
        className={`mt-4 grid gap-3.5 ${isSecond ? "border-line border-t pt-4" : ""}`}
      >
        <DoorField
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus={!isSecond}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <DoorField
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button look={isSecond ? "plain" : "primary"} type="submit" disabled={isTrying}>
          {isTrying ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      {onForgotten === null ? (
        <p className="mt-4 text-note text-ink-3">
          No password, or a forgotten one? An owner of this installation can send you a link.
        </p>
      ) : (
        <Button look="words" className="mt-4 text-note text-ink-2" onClick={onForgotten}>
          Forgotten your password?
        </Button>
      )}
    </>
  );
}

/** Asks for the second factor: a code of the app, or one of the codes for when it is lost. */
function CodeForm({ next }: { next: string | null }) {
  const [code, setCode] = useState("");
  const [isBackup, setBackup] = useState(false);
  const { submit, isTrying, failure } = useDoor(async () => {
    const path = isBackup ? "/two-factor/verify-backup-code" : "/two-factor/verify-totp";
    await askLibrary(path, { code: code.replaceAll(" ", "") });
    enter(signInAddress(next));
  });
  return (
    <Door
      title="Your code"
      lead={
        isBackup ? "One of the codes you wrote down." : "The six digits that your app shows now."
      }
    >
      <form onSubmit={submit} className="mt-4 grid gap-3.5">
        <DoorField
          key={String(isBackup)}
          label={isBackup ? "Backup code" : "Code"}
          inputMode={isBackup ? "text" : "numeric"}
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "Signing in…" : "Sign in"}
        </Button>
        <Button look="words" className="justify-self-start text-note text-ink-2" onClick={swap}>
          {isBackup ? "Use the app instead" : "Use a backup code instead"}
        </Button>
      </form>
    </Door>
  );
  function swap() {
    setCode("");
    setBackup(!isBackup);
  }
}
