"use client";

import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { Door } from "./door.tsx";
import { DoorField } from "./door-field.tsx";
import { goElsewhere } from "./library.ts";
import { ElsewhereButton } from "./sign-in-form.tsx";
import { useDoor } from "./use-door.ts";

/** A link to come in where nobody has a password: it leads to where they have an account. */
export function JoinElsewhere({ email, provider }: { email: string | null; provider: string }) {
  return (
    <Door
      title="Welcome"
      lead={
        <>
          Nobody has a password here. Sign in with the account that has the address{" "}
          <b className="wrap-anywhere font-strong">{email}</b> at {provider}.
        </>
      }
    >
      <ElsewhereButton next={null} name={provider} />
    </Door>
  );
}

/** The link of the owner to be where nobody has a password: they say which account is theirs. */
export function OwnerElsewhereForm({ token, provider }: { token: string; provider: string }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const { submit, isTrying, failure } = useDoor(async () => {
    await tellApi(`/links/${token}`, { method: "POST", body: { name, email } });
    await goElsewhere(null);
  });
  return (
    <Door
      title="Become the owner"
      lead={`You may everything here, and invite others. Once you have signed in with your account at ${provider}, everybody signs in, on this machine too.`}
    >
      <form onSubmit={submit} className="mt-4 grid gap-3.5">
        <DoorField
          label="Your name"
          note="It stands beside what you enter."
          autoComplete="name"
          maxLength={100}
          required
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <DoorField
          label="E-mail"
          note={`As your account at ${provider} has it.`}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "One moment…" : `Sign in with ${provider}`}
        </Button>
      </form>
    </Door>
  );
}
