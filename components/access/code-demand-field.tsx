import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { tellApi } from "#components/api/api.ts";
import { Choice } from "#components/lists/choice.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { CODE_DEMANDS, type CodeDemand } from "#domain/access/code-demand.ts";

const CHOICES: Readonly<Record<CodeDemand, string>> = {
  nobody: "Whoever wants one",
  operators: "Owners and operators",
  everybody: "Everybody",
};

/** Who has to set up a code besides their password. */
export function CodeDemandField({ of }: { of: CodeDemand }) {
  const router = useRouter();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (to: CodeDemand) => tellApi("/code-demand", { method: "PUT", body: { of: to } }),
    onSuccess: () => router.refresh(),
  });
  return (
    <div className="grid max-w-2xl gap-1.5 border-line border-t px-4 py-3 sm:px-4.5">
      <Field label="Who has a code besides the password">
        <Choice
          value={isPending ? variables : of}
          onChange={(chosen) => {
            const to = CODE_DEMANDS.find((one) => one === chosen);
            if (to !== undefined) mutate(to);
          }}
        >
          {CODE_DEMANDS.map((one) => (
            <option key={one} value={one}>
              {CHOICES[one]}
            </option>
          ))}
        </Choice>
      </Field>
      <p className="text-note text-ink-3">
        Who has none yet sets it up at their next sign-in, before anything else is shown.
      </p>
      {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
    </div>
  );
}
