"use client";

import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { prettyJson } from "#components/words/pretty-json.ts";
import type { OpenedDelivery } from "#domain/event/delivery.ts";

type Form = "indented" | "exact";

const FORMS: { form: Form; label: string }[] = [
  { form: "indented", label: "Indented" },
  { form: "exact", label: "As it came" },
];

const REACHED_BY_KEYBOARD = { tabIndex: 0 };

/** The body of a delivery, to the letter; JSON is indented. */
export function DeliveryBody({
  delivery: { body, body_base64, reason },
}: {
  delivery: OpenedDelivery;
}) {
  const [chosen, setChosen] = useState<Form>("indented");
  const pretty = useMemo(() => (body === null ? null : prettyJson(body)), [body]);
  const exact = body ?? body_base64;
  if (exact === null) {
    return (
      <p className="border-line border-t px-5 py-6 text-ink-2">
        Its body is no longer kept{reason === null ? "." : `: ${reason}.`}
      </p>
    );
  }
  const form = pretty === null ? "exact" : chosen;
  const text = form === "indented" && pretty !== null ? pretty : exact;
  return (
    <section aria-label="Body" className="flex min-h-0 flex-col border-line border-t">
      <div className="flex items-center gap-2 px-5 py-2">
        {pretty === null ? (
          <p className="text-note text-ink-2">
            {body === null ? "This is not text: shown as base64." : "This is not JSON."}
          </p>
        ) : (
          <div className="flex rounded-lg bg-sunken p-0.5 text-note">
            {FORMS.map(({ form: own, label }) => (
              <Button
                key={own}
                aria-pressed={own === form}
                onClick={() => setChosen(own)}
                look="toggle"
              >
                {label}
              </Button>
            ))}
          </div>
        )}
        <span className="ml-auto">
          <CopyButton text={text} label="Copy the body" />
        </span>
      </div>
      <pre
        {...REACHED_BY_KEYBOARD}
        className={`mx-5 mb-5 min-h-24 overflow-auto rounded-lg bg-sunken px-3.5 py-3 font-mono text-caption leading-relaxed ${form === "exact" ? "wrap-anywhere whitespace-pre-wrap" : "whitespace-pre"}`}
      >
        {text}
      </pre>
    </section>
  );
}
