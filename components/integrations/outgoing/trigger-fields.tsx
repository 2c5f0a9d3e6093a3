import { TRIGGERS, type Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import { OFFERED } from "#domain/integrations/outgoing/offered.ts";
import type { ProviderTitles } from "./shown.ts";

/** Which triggers are asked for. */
export function TriggerFields({
  titles,
  chosen,
  onChange,
}: {
  titles: ProviderTitles;
  chosen: readonly Trigger[];
  onChange: (chosen: readonly Trigger[]) => void;
}) {
  const choose = (trigger: Trigger, isOn: boolean) =>
    onChange(TRIGGERS.filter((one) => (one === trigger ? isOn : chosen.includes(one))));
  return (
    <>
      {OFFERED.map(({ payload, triggers }) => (
        <fieldset key={payload} className="mt-3">
          <legend className="text-note text-ink-2">
            {payload === "standard"
              ? "What follows from them, in our own payload"
              : `Single events, in ${titles[payload]}’s payload`}
          </legend>
          {triggers.map(({ trigger, says }) => (
            <label key={trigger} className="flex items-baseline gap-2 py-0.75 text-dense">
              <input
                type="checkbox"
                checked={chosen.includes(trigger)}
                onChange={({ target }) => choose(trigger, target.checked)}
              />
              <span className="wrap-anywhere">
                <code>{trigger}</code> <span className="text-note text-ink-3">{says}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
}
