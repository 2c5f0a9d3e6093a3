"use client";

import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { signInAddress } from "#domain/access/own-path.ts";
import { Door } from "./door.tsx";
import { askLibrary } from "./library.ts";
import { SetUp } from "./second-factor.tsx";
import { enter, useDoor } from "./use-door.ts";

/** A code is demanded of whoever signed in: they set it up, or go away. */
export function CodeSetUp({ next }: { next: string | null }) {
  const { submit, isTrying, failure } = useDoor(async () => {
    await askLibrary("/sign-out");
    enter(signInAddress(next));
  });
  return (
    <Door title="Set up a code" lead="Here a code is asked for besides the password, of you too.">
      <div className="mt-4">
        <SetUp onDone={() => enter(signInAddress(next))} />
      </div>
      <form onSubmit={submit}>
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <Button
          look="words"
          type="submit"
          className="mt-4 text-note text-ink-2"
          disabled={isTrying}
        >
          Sign out
        </Button>
      </form>
    </Door>
  );
}
