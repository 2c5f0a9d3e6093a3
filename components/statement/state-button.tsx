"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/meeting/person/identity/operator.ts";
import { OperatorDialog } from "#components/meeting/person/identity/operator-dialog.tsx";
import { statementPath } from "#domain/statement/address.ts";

/** Of whom what is to be stated: somebody in a meeting, or somebody over days. */
export type Subject =
  | { meeting_id: string; participant_id: string }
  | { person_id: string; from: string; to: string; tz: string };

interface Issued {
  id: string;
  hash: string;
}

/** Issues a statement, signed by whoever sits here, and leads to it. */
export function StateButton({ subject }: { subject: Subject }) {
  const router = useRouter();
  const operator = useOperator();
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (by: string) =>
      askApi<Issued>("/statements", { method: "POST", body: { ...subject, by } }),
    onSuccess: (issued) => router.push(statementPath(issued)),
    networkMode: "always",
  });
  return (
    <>
      <button
        type="button"
        disabled={isPending}
        onClick={() => (operator === null ? setAsking(true) : mutate(operator))}
        className="button"
      >
        {isPending ? "Issuing…" : "Statement"}
      </button>
      {error !== null && (
        <p role="alert" className="mt-2 text-[12.5px] text-lost-ink">
          {error.message}
        </p>
      )}
      <OperatorDialog
        open={isAsking}
        name={operator}
        onName={(by) => {
          setOperator(by);
          setAsking(false);
          mutate(by);
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
