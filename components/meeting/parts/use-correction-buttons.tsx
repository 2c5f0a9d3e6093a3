import { useState } from "react";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import { useMay } from "#components/viewer/me.tsx";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { type CorrectionRequest, useCorrections } from "./use-corrections.ts";

/**
 * Enters or undoes a correction, and first asks for the operator's name where this browser has none. `mayCorrect`: the
 * buttons are offered to whoever looks.
 */
export function useCorrectionButtons(facts: MeetingFacts) {
  const mayCorrect = useMay("write");
  const operator = useOperator();
  const { rule, error, last, underWay } = useCorrections(facts);
  const [asked, setAsked] = useState<CorrectionRequest | null>(null);
  const say = (correction: CorrectionRequest) =>
    operator === null ? setAsked(correction) : rule({ correction, by: operator });
  const failed = error !== null && last !== null && underWay === null && (
    <p role="alert" className="px-4.5 pb-3 text-note text-lost-ink">
      This was not saved. {error.message}
    </p>
  );
  const dialog = (
    <OperatorDialog
      open={asked !== null}
      name={operator}
      onName={(by) => {
        setOperator(by);
        setAsked(null);
        if (asked !== null) rule({ correction: asked, by });
      }}
      onClose={() => setAsked(null)}
    />
  );
  return { mayCorrect, say, underWay, failed, dialog };
}
