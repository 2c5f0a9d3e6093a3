"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";

type Outcome = "copied" | "refused";

const SHOWN_MS = 2_000;

/** Copies a text. Browsers refuse this to pages that were loaded neither by https nor from this machine. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <button
      type="button"
      onClick={() => void copy(text).then(setOutcome)}
      aria-label={wordsFor(outcome) ?? label}
      title={wordsFor(outcome) ?? "Copy"}
      className="rounded-md p-1.5 text-ink-3 hover:bg-surface hover:text-ink"
    >
      <OutcomeIcon outcome={outcome} />
    </button>
  );
}

function OutcomeIcon({ outcome }: { outcome: Outcome | null }) {
  if (outcome === "copied") return <Check aria-hidden className="size-3.75 text-present-ink" />;
  if (outcome === "refused") return <X aria-hidden className="size-3.75 text-lost-ink" />;
  return <Copy aria-hidden className="size-3.75" />;
}

function wordsFor(outcome: Outcome | null): string | null {
  if (outcome === null) return null;
  return outcome === "copied" ? "Copied" : "The browser does not let us copy: select the text";
}

async function copy(text: string): Promise<Outcome> {
  if (!window.isSecureContext) return "refused";
  return navigator.clipboard.writeText(text).then(
    () => "copied",
    () => "refused",
  );
}
