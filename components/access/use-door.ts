"use client";

import { type FormEvent, useState } from "react";
import { ApiFailure } from "#components/api/api.ts";

/** What a form at the door is doing, and why the last attempt did not let anybody in. */
export function useDoor(attempt: () => Promise<void>) {
  const [isTrying, setTrying] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTrying(true);
    attempt().catch((error: unknown) => {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.message);
      setTrying(false);
    });
  };
  return {
    submit,
    isTrying,
    failure: isTrying ? null : failure,
    /** The attempt is over, and something else is asked. */
    settle: () => {
      setFailure(null);
      setTrying(false);
    },
  };
}

/** Opens a page as a browser does from its address bar: nothing that was loaded for a stranger stays. */
export function enter(address: string): void {
  window.location.assign(address);
}
