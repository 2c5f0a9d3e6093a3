"use client";

import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { prettyJson } from "#components/words/pretty-json.ts";
import type { OpenedDelivery } from "#domain/event/delivery.ts";
import { withoutSecrets } from "#domain/sources/deliveries/json-tokens.ts";
import { JsonText } from "./json-text.tsx";

type Form = "indented" | "exact";

const FORMS: { form: Form; label: string }[] = [
  { form: "indented", label: "Indented" },
  { form: "exact", label: "As it came" },
];

const REACHED_BY_KEYBOARD = { tabIndex: 0 };

/** The body of a delivery, to the letter but for secrets in it; JSON is indented, and in colours. */
export function DeliveryBody({
  delivery: { body, body_base64, reason, is_masked },
}: {
  delivery: Pick<OpenedDelivery, "body" | "body_base64" | "reason" | "is_masked">;
}) {
  const [chosen, setChosen] = useState<Form>("indented");
  const { pretty, exact, isHidden } = useMemo(() => {
    const json = body === null ? null : prettyJson(body);
    const plain = body ?? body_base64;
    if (json === null || body === null) return { pretty: null, exact: plain, isHidden: false };
    const shown = withoutSecrets(body);
    return { pretty: withoutSecrets(json), exact: shown, isHidden: shown !== body };
  }, [body, body_base64]);
  if (exact === null) {
    if (is_masked) {
      return (
        <p className="border-line border-t px-5 py-6 text-ink-2">
          Its body is not shown to who sees no names: it is no longer kept, or is no JSON.
        </p>
      );
    }
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
        {(isHidden || is_masked) && (
          <p className="text-caption text-ink-3">
            {is_masked ? "Names are initials, other texts left out." : "Secrets in it are hidden."}
          </p>
        )}
        <span className="ml-auto">
          <CopyButton text={text} label="Copy the body" />
        </span>
      </div>
      <pre
        {...REACHED_BY_KEYBOARD}
        className={`mx-5 mb-5 min-h-24 overflow-auto rounded-lg bg-sunken px-3.5 py-3 font-mono text-caption leading-relaxed ${form === "exact" ? "wrap-anywhere whitespace-pre-wrap" : "whitespace-pre"}`}
      >
        {pretty === null ? text : <JsonText text={text} />}
      </pre>
    </section>
  );
}
