import { CONTROL, Field } from "#components/ui/field.tsx";
import type { GroupDraft } from "./group-draft.ts";

const LIMITS = [
  ["amber", "Amber from"],
  ["red", "Red from"],
  ["urgent", "Urgent from"],
] as const;

/** From how many minutes on a wait is amber, red and urgent. */
export function LimitFields({
  draft,
  fault,
  onChange,
}: {
  draft: GroupDraft;
  fault: string | null;
  onChange: (change: Partial<GroupDraft>) => void;
}) {
  return (
    <fieldset className="mt-3.5">
      <legend className="sr-only">Limits of waits</legend>
      <label className="flex items-baseline gap-2 text-dense">
        <input
          type="checkbox"
          checked={draft.hasLimits}
          onChange={({ target }) => onChange({ hasLimits: target.checked })}
        />
        <span>
          Limits of its own{" "}
          <span className="text-note text-ink-3">else by the target of whoever looks</span>
        </span>
      </label>
      {draft.hasLimits && (
        <div className="mt-1.5 grid grid-cols-3 gap-2 pl-5.5">
          {LIMITS.map(([name, label]) => (
            <Field key={name} label={`${label}, min`}>
              <input
                className={`${CONTROL} num`}
                inputMode="decimal"
                required
                value={draft[name]}
                aria-invalid={fault !== null || undefined}
                onChange={({ target }) => onChange({ [name]: target.value })}
              />
            </Field>
          ))}
          {fault !== null && (
            <p role="alert" className="col-span-3 text-caption text-lost-ink">
              {fault}
            </p>
          )}
        </div>
      )}
    </fieldset>
  );
}
