"use client";

import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import type { LinkKind } from "#domain/access/link.ts";
import { Door } from "./door.tsx";
import { DoorField } from "./door-field.tsx";
import { enter, useDoor } from "./use-door.ts";

const TITLES: Record<LinkKind, string> = {
  set_up: "Become the owner",
  invitation: "Welcome",
  reset: "A new password",
};

/** What a link offers: to become the owner, to accept an invitation, or to choose a new password. */
export function JoinForm({
  token,
  kind,
  name: known,
  email: invited,
}: {
  token: string;
  kind: LinkKind;
  name: string | null;
  email: string | null;
}) {
  const [name, setName] = useState(known ?? "");
  const [email, setEmail] = useState(invited ?? "");
  const [password, setPassword] = useState("");
  const { submit, isTrying, failure } = useDoor(async () => {
    const body = { name, password, ...(invited === null && { email }) };
    await tellApi(`/links/${token}`, { method: "POST", body });
    // Where a code is still to be asked for, it is asked there.
    enter("/sign-in");
  });
  return (
    <Door title={TITLES[kind]} lead={leadOf(kind)}>
      <form onSubmit={submit} className="mt-4 grid gap-3.5">
        {kind !== "reset" && (
          <DoorField
            label="Your name"
            note="It stands beside what you enter."
            autoComplete="name"
            maxLength={100}
            required
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
        <DoorField
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          readOnly={invited !== null}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <DoorField
          label="Password"
          note="At least 8 characters; three unrelated words are good."
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "One moment…" : "Sign in"}
        </Button>
      </form>
    </Door>
  );
}

function leadOf(kind: LinkKind): string {
  switch (kind) {
    case "set_up":
      return "You may everything here, and invite others. From now on everybody signs in, on this machine too.";
    case "invitation":
      return "Choose a password, with which you sign in from now on.";
    case "reset":
      return "Choose one that you use nowhere else. You are signed out everywhere else.";
    default:
      return kind satisfies never;
  }
}
