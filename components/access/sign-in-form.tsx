"use client";

import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { Door } from "./door.tsx";
import { DoorField } from "./door-field.tsx";
import { askLibrary } from "./library.ts";
import { enter, useDoor } from "./use-door.ts";

const signedIn = async () => (await import("#server/access/schema.ts")).me;

/**
 * Signs somebody in, by their password and perhaps a code, and leads on to where they wanted to go, or else to the page
 * that they chose.
 */
export function SignInForm({ next }: { next: string | null }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isCodeAsked, setCodeAsked] = useState(false);
  const { submit, isTrying, failure, settle } = useDoor(async () => {
    const { twoFactorRedirect } = await askLibrary("/sign-in/email", { email, password });
    if (twoFactorRedirect !== true) return goOn(next);
    settle();
    setCodeAsked(true);
  });
  if (isCodeAsked) return <CodeForm next={next} />;
  return (
    <Door title="Sign in">
      <form onSubmit={submit} className="mt-4 grid gap-3.5">
        <DoorField
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus
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
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      <p className="mt-4 text-note text-ink-3">
        No password, or a forgotten one? An owner of this installation can send you a link.
      </p>
    </Door>
  );
}

async function goOn(next: string | null): Promise<void> {
  enter(next ?? (await askApi("/me", signedIn)).settings.start ?? "/");
}

/** Asks for the second factor: a code of the app, or one of the codes for when it is lost. */
function CodeForm({ next }: { next: string | null }) {
  const [code, setCode] = useState("");
  const [isBackup, setBackup] = useState(false);
  const { submit, isTrying, failure } = useDoor(async () => {
    const path = isBackup ? "/two-factor/verify-backup-code" : "/two-factor/verify-totp";
    await askLibrary(path, { code: code.replaceAll(" ", "") });
    await goOn(next);
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
