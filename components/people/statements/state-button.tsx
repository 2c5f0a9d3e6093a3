"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { May } from "#components/viewer/may.tsx";
import { inZone } from "#components/viewer/use-zoned.ts";
import { useZonesShown } from "#components/viewer/zones-context.ts";
import { statementPath } from "#domain/people/statements/address.ts";
import { IssueDialog } from "./issue-dialog.tsx";

/** The subject of a statement: a person in a meeting, or a person over days. */
export type StatementSubject =
  | { meeting_id: string; participant_id: string }
  | { person_id: string; from: string; to: string; tz: string };

const statement = async () => (await import("#server/people/statements/schema.ts")).statement;

/** Issues a statement, signed by the operator, and goes to its page. */
export function StateButton(shown: { subject: StatementSubject }) {
  return (
    <May access="write">
      <Offered {...shown} />
    </May>
  );
}

function Offered({ subject }: { subject: StatementSubject }) {
  const router = useRouter();
  const operator = useOperator();
  const { home } = useZonesShown();
  const [step, setStep] = useState<"zone" | "operator" | null>(null);
  const [zone, setZone] = useState(home);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (asked: { by: string; tz: string }) =>
      askApi("/statements", statement, {
        method: "POST",
        body: { ...subject, ...("person_id" in subject && { tz: asked.tz }), by: asked.by },
      }),
    onSuccess: (issued, { tz }) => {
      const path = statementPath(issued);
      router.push(tz === home ? path : inZone(path, tz));
    },
  });
  return (
    <>
      <Button disabled={isPending} onClick={() => setStep("zone")}>
        {isPending ? "Issuing…" : "Statement"}
      </Button>
      {error !== null && (
        <p role="alert" className="mt-2 text-note text-lost-ink">
          {error.message}
        </p>
      )}
      <IssueDialog
        open={step === "zone"}
        ofDays={"person_id" in subject}
        onIssue={(tz) => {
          setZone(tz);
          setStep(operator === null ? "operator" : null);
          if (operator !== null) mutate({ by: operator, tz });
        }}
        onClose={() => setStep(null)}
      />
      <OperatorDialog
        open={step === "operator"}
        name={operator}
        onName={(by) => {
          setOperator(by);
          setStep(null);
          mutate({ by, tz: zone });
        }}
        onClose={() => setStep(null)}
      />
    </>
  );
}
