"use client";

import { type ComponentProps, type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogFailure, DialogTitle } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { PERSON_DEEDS, RULE_KINDS } from "#domain/desk/alerts/rule.ts";
import { KIND_WORDS } from "#domain/desk/alerts/words.ts";
import { asksOf, draftOf, type RuleDraft, ruleSetOf } from "./rule-form.ts";
import type { RuleChoice, RuleShown } from "./shown.ts";
import { useSaveRule } from "./use-rules.ts";

/** Makes a rule, or changes one that is there. */
export function RuleDialog({
  changed = null,
  sources,
  groups,
  onClose,
}: {
  changed?: RuleShown | null;
  sources: readonly RuleChoice[];
  groups: readonly RuleChoice[];
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(changed));
  const set = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change });
  const { mutate, isPending, error } = useSaveRule(changed?.id ?? null, onClose);
  const asks = asksOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(ruleSetOf(draft, changed));
  };
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>{changed === null ? "Make a rule" : "Change the rule"}</DialogTitle>
        <Field label="Alarm when" className="mt-3">
          <Select
            size="form"
            value={draft.kind}
            onChange={({ target }) => {
              const kind = RULE_KINDS.find((one) => one === target.value);
              if (kind !== undefined) set({ kind });
            }}
          >
            {RULE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_WORDS[kind]}
              </option>
            ))}
          </Select>
        </Field>
        {asks.person && (
          <div className="mt-3 grid grid-cols-[minmax(0,1fr)_auto] gap-3">
            <Asked
              label="Name or user id"
              value={draft.person}
              required
              onText={(person) => set({ person })}
            />
            <Field label="Does what">
              <Select
                size="form"
                value={draft.does}
                onChange={({ target }) =>
                  set({ does: PERSON_DEEDS.find((one) => one === target.value) ?? "waits" })
                }
              >
                {PERSON_DEEDS.map((deed) => (
                  <option key={deed} value={deed}>
                    {deed}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
        )}
        {asks.capacity && (
          <Asked
            label="From how many people on"
            type="number"
            min={1}
            value={draft.capacity}
            required
            onText={(capacity) => set({ capacity })}
          />
        )}
        {asks.after && (
          <Asked
            label={
              draft.kind === "source_silent"
                ? "For how many minutes; empty for longer than is usual for it"
                : draft.kind === "not_begun"
                  ? "How many minutes after the start"
                  : "For how many minutes"
            }
            {...MINUTES}
            value={draft.after}
            required={draft.kind !== "source_silent"}
            onText={(after) => set({ after })}
          />
        )}
        <div className="mt-3 grid grid-cols-2 gap-3">
          <Asked
            label="Repeat every … minutes"
            {...MINUTES}
            value={draft.repeat}
            placeholder="never"
            onText={(repeat) => set({ repeat })}
          />
          <Asked
            label="Urgent after … minutes"
            {...MINUTES}
            value={draft.urgent}
            placeholder="never"
            onText={(urgent) => set({ urgent })}
          />
        </div>
        {(changed?.sources?.length ?? 0) < 2 && (
          <Field label="Of which source" className="mt-3">
            <Select
              size="form"
              value={draft.source}
              onChange={({ target }) => set({ source: target.value })}
            >
              <option value="">Every source, also those to come</option>
              {sources.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {asks.rooms && groups.length > 0 && (changed?.groups?.length ?? 0) < 2 && (
          <Field label="Of which group of rooms" className="mt-3">
            <Select
              size="form"
              value={draft.group}
              onChange={({ target }) => set({ group: target.value })}
            >
              <option value="">Rooms in any group, or in none</option>
              {groups.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {asks.rooms && (
          <label className="mt-3 flex flex-col gap-1">
            <span className="text-caption text-ink-3">
              Only of these rooms, by key or title, one on a line; <code>*</code> stands for any
              text
            </span>
            <textarea
              rows={2}
              value={draft.rooms}
              placeholder="Every room"
              onChange={({ target }) => set({ rooms: target.value })}
              className={`${DIALOG_INPUT} h-auto! py-1.5`}
            />
          </label>
        )}
        <div className="mt-3 grid grid-cols-2 gap-3">
          <Asked
            label="Quiet from"
            type="time"
            value={draft.quietFrom}
            onText={(quietFrom) => set({ quietFrom })}
          />
          <Asked
            label="until"
            type="time"
            value={draft.quietTo}
            onText={(quietTo) => set({ quietTo })}
          />
        </div>
        <Asked
          label="Called"
          value={draft.name}
          placeholder="As it alarms"
          onText={(name) => set({ name })}
        />
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending}>
            {isPending ? "Saving…" : changed === null ? "Make the rule" : "Save"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const MINUTES = { type: "number", min: 0, step: "any", inputMode: "decimal" } as const;

function Asked({
  label,
  onText,
  ...rest
}: Omit<ComponentProps<"input">, "className" | "onChange"> & {
  label: string;
  onText: (text: string) => void;
}) {
  return (
    <Field label={label} className="mt-3 in-[.grid]:mt-0">
      <input
        {...rest}
        autoComplete="off"
        onChange={({ target }) => onText(target.value)}
        className={`${DIALOG_INPUT} w-full`}
      />
    </Field>
  );
}
