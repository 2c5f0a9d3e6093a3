import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import type { RuleKind } from "#domain/desk/alerts/rule.ts";
import type { RuleShown } from "./shown.ts";

const alertRule = async () => (await import("#server/desk/alerts/schema.ts")).alertRule;

/** What is set of a rule. */
export type RuleSet = Partial<Omit<RuleShown, "id" | "kind" | "changed_at" | "changed_by">> & {
  kind?: RuleKind;
};

/** Makes a rule, or changes the one with an id. */
export function useSaveRule(id: string | null, onSaved: () => void) {
  const router = useRouter();
  const by = useOperator();
  return useMutation({
    mutationFn: (set: RuleSet) =>
      askApi(id === null ? "/alert-rules" : `/alert-rules/${id}`, alertRule, {
        method: id === null ? "POST" : "PATCH",
        body: { ...set, ...(by !== null && { by }) },
      }),
    onSuccess: () => {
      router.refresh();
      onSaved();
    },
  });
}
