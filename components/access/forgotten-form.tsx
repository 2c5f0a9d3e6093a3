import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { Door } from "./door.tsx";
import { DoorField } from "./door-field.tsx";
import { useDoor } from "./use-door.ts";

/** Has a link for a new password sent by mail. */
export function ForgottenForm({ onBack }: { onBack: () => void }) {
  const [email, setEmail] = useState("");
  const [isAsked, setAsked] = useState(false);
  const { submit, isTrying, failure, settle } = useDoor(async () => {
    await tellApi("/password-resets", { method: "POST", body: { email } });
    settle();
    setAsked(true);
  });
  if (isAsked) {
    return (
      <Door
        title="Look into your mail"
        lead="If this address is a member’s, a link is on its way to it. It is good once, for a day."
      >
        <Button look="words" className="mt-4 text-note text-ink-2" onClick={onBack}>
          Back to signing in
        </Button>
      </Door>
    );
  }
  return (
    <Door title="A new password" lead="A link to choose one is sent to your address.">
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
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button look="primary" type="submit" disabled={isTrying}>
          {isTrying ? "Sending…" : "Send the link"}
        </Button>
        <Button look="words" className="justify-self-start text-note text-ink-2" onClick={onBack}>
          Back to signing in
        </Button>
      </form>
    </Door>
  );
}
