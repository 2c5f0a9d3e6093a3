import { type ReactNode, useState } from "react";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { setOperator, useOperator } from "./operator.ts";

/** Asked once in a browser where nobody signs in, so its script is loaded only then. */
const nameDialog = new LazyPart(() =>
  import("./operator-dialog.tsx").then((read) => read.OperatorDialog),
);

interface Signature {
  /** Does something in the operator's name, which is asked first where it is not known. */
  sign: (act: (by: string) => void) => void;
  /** What asks, to be rendered beside what is signed. */
  asking: ReactNode;
}

/** The name with which an operator signs what they do. */
export function useSignature(): Signature {
  const operator = useOperator();
  const [asked, setAsked] = useState<{ act: (by: string) => void } | null>(null);
  const { value: NameDialog } = useLazyPart(nameDialog, asked !== null);
  return {
    sign: (act) => (operator === null ? setAsked({ act }) : act(operator)),
    asking: NameDialog !== null && (
      <NameDialog
        open={asked !== null}
        name={operator}
        onClose={() => setAsked(null)}
        onName={(name) => {
          setOperator(name);
          setAsked(null);
          asked?.act(name);
        }}
      />
    ),
  };
}
