"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { Button } from "#components/ui/button.tsx";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

/** Asked once in a browser where nobody signs in. */
const nameDialog = new LazyPart(() =>
  import("#components/operator/operator-dialog.tsx").then((read) => read.OperatorDialog),
);

/** Acknowledges an alert. Who did it is shown when it is pushed, not before. */
export function Acknowledge({ id, says }: { id: string; says: string }) {
  const operator = useOperator();
  const [asksName, setAsksName] = useState(false);
  const { value: NameDialog } = useLazyPart(nameDialog, asksName);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (by: string) =>
      tellApi(`/alerts/${encodeURIComponent(id)}/acknowledge`, { method: "POST", body: { by } }),
  });
  return (
    <span className="inline-flex flex-col items-end gap-0.5">
      <Button
        aria-label={`Acknowledge: ${says}`}
        className="whitespace-nowrap"
        disabled={isPending}
        onClick={() => (operator === null ? setAsksName(true) : mutate(operator))}
      >
        {isPending ? "Saving…" : "Acknowledge"}
      </Button>
      {error !== null && !isPending && (
        <span role="alert" className="max-w-56 text-right text-caption text-lost-ink">
          {error.message}
        </span>
      )}
      {NameDialog !== null && (
        <NameDialog
          open={asksName}
          name={operator}
          onClose={() => setAsksName(false)}
          onName={(name) => {
            setOperator(name);
            setAsksName(false);
            mutate(name);
          }}
        />
      )}
    </span>
  );
}
