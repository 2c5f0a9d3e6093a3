"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ApiFailure, askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { FormField, INPUT } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { useZoned } from "#components/viewer/use-zoned.ts";
import type { Choices } from "#domain/lists/narrowing.ts";
import { bodyOf, type Draft, type DraftFault, faultsIn, NOTHING_SAID } from "./draft.ts";
import { RepeatFields } from "./repeat-fields.tsx";
import { RosterField } from "./roster-field.tsx";
import { TimeFields } from "./time-fields.tsx";

/** A class list that can be chosen. */
export interface ListChoice {
  id: string;
  name: string | null;
}

const stored = async () => (await import("#server/scheduled/schema.ts")).scheduledMeeting;
const either = new Intl.ListFormat("en", { type: "disjunction" });

/** Schedules a meeting, or changes the one with `id`. */
export function ScheduledForm({
  id,
  start,
  choices,
  lists,
  isRepeating = false,
}: {
  id: string | null;
  start: Draft;
  choices: Choices;
  lists: readonly ListChoice[];
  isRepeating?: boolean;
}) {
  const router = useRouter();
  const { providers } = useLiveParts();
  const zoned = useZoned();
  const [draft, setDraft] = useState(start);
  const [own, setOwn] = useState<DraftFault[]>([]);
  const [written, setWritten] = useState<string | null>(null);
  const isSignedIn = useMe().id !== null;
  const operator = useOperator();
  const by = written ?? operator ?? "";
  const rooms = useId();
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (body: object) =>
      askApi(`/scheduled-meetings${id === null ? "" : `/${id}`}`, stored, {
        method: id === null ? "POST" : "PUT",
        body,
      }),
    onSuccess: (answer) => {
      router.push(zoned(`/expected/${answer.id}`));
      router.refresh();
    },
  });
  const refusals = error instanceof ApiFailure ? faultsIn(error.details) : [];
  const faults = own.length > 0 ? own : refusals;
  const faultsOf = (field: string) => faults.filter((one) => one.field === field);
  const form = useRef<HTMLFormElement>(null);
  // After a refusal the focus goes to the first field that has to be corrected.
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [faults.length]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const answer = bodyOf(draft, by.trim());
    setOwn("faults" in answer ? answer.faults : []);
    if ("faults" in answer) return;
    if (by.trim() !== "" && !isSignedIn) setOperator(by.trim());
    mutate(answer.body);
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      className="grid max-w-3xl gap-4 rounded-card border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <FormField label="Title (optional)" faults={faultsOf("title")}>
        {(ties) => (
          <input
            {...ties}
            value={draft.title}
            maxLength={300}
            autoComplete="off"
            onChange={({ target }) => change({ title: target.value })}
            className={INPUT}
          />
        )}
      </FormField>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <FormField label="Source" faults={faultsOf("source")}>
          {(ties) => (
            <Select
              size="form"
              {...ties}
              value={draft.source}
              onChange={({ target }) => change({ source: target.value })}
            >
              {draft.source === "" && <option value="">Choose a source</option>}
              {choices.sources.map(({ id: source, name, provider, demo }) => (
                <option key={source} value={source}>
                  {name} ({provider}){demo === true && ", demo"}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        <FormField
          label="Room"
          faults={faultsOf("room")}
          note={`As the provider names it: ${either.format(providers.map(({ roomKey }) => roomKey))}. It need not exist yet.`}
        >
          {(ties) => (
            <>
              <input
                {...ties}
                value={draft.room}
                list={rooms}
                maxLength={500}
                autoComplete="off"
                onChange={({ target }) => change({ room: target.value })}
                className={INPUT}
              />
              <datalist id={rooms}>
                {choices.rooms.map(({ key, title }) => (
                  <option key={key} value={key} label={title ?? undefined} />
                ))}
              </datalist>
            </>
          )}
        </FormField>
      </div>
      <TimeFields draft={draft} faultsOf={faultsOf} onChange={change} />
      <RepeatFields draft={draft} isRepeating={isRepeating} faultsOf={faultsOf} onChange={change} />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Minutes
          label="Late after, minutes"
          note="Who comes in later than this after the start is late."
          value={draft.lateMinutes}
          faults={faultsOf("late_after_ms")}
          onChange={(lateMinutes) => change({ lateMinutes })}
        />
        <Minutes
          label="Check after, minutes"
          note="When Rollcall says whether both sides are here, only one, or nobody."
          value={draft.verdictMinutes}
          faults={faultsOf("verdict_after_ms")}
          onChange={(verdictMinutes) => change({ verdictMinutes })}
        />
      </div>
      {lists.length > 0 && (
        <FormField label="Class list" faults={faultsOf("class_list")} className="sm:max-w-80">
          {(ties) => (
            <Select
              size="form"
              {...ties}
              value={draft.classList}
              onChange={({ target }) => change({ classList: target.value })}
            >
              <option value="">None: a roster of its own</option>
              {lists.map(({ id: list, name }) => (
                <option key={list} value={list}>
                  {name ?? "Names removed"}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      )}
      {draft.classList === "" && (
        <RosterField
          roster={draft.roster}
          faults={faultsOf("roster")}
          chosen={draft.said}
          onChange={(roster) =>
            change({ roster, ...(roster.trim() === "" && { said: NOTHING_SAID }) })
          }
          onChoose={(chosen) => change({ said: chosen })}
        />
      )}
      {!isSignedIn && (
        <FormField
          label="Your name (optional)"
          note="Shown beside it to everyone. This browser remembers it."
          faults={faultsOf("by")}
          className="sm:max-w-80"
        >
          {(ties) => (
            <input
              {...ties}
              value={by}
              maxLength={100}
              autoComplete="name"
              onChange={({ target }) => setWritten(target.value)}
              className={INPUT}
            />
          )}
        </FormField>
      )}
      <p role="alert" className="text-dense text-lost-ink empty:hidden">
        {faults.length > 0
          ? `Not saved: ${faults.length === 1 ? "one thing has" : `${faults.length} things have`} to be mended.`
          : error !== null && `Not saved: ${error.message}`}
      </p>
      <div className="flex gap-2">
        <Button type="submit" disabled={isPending || isSuccess} look="primary">
          {id === null ? "Schedule" : "Save"}
        </Button>
        <ButtonLink href={id === null ? "/expected" : `/expected/${id}`}>Cancel</ButtonLink>
      </div>
    </form>
  );
}

function Minutes({
  label,
  note,
  value,
  faults,
  onChange,
}: {
  label: string;
  note: string;
  value: string;
  faults: readonly DraftFault[];
  onChange: (value: string) => void;
}) {
  return (
    <FormField label={label} note={note} faults={faults}>
      {(ties) => (
        <input
          {...ties}
          type="number"
          inputMode="decimal"
          min={0}
          max={1440}
          step="any"
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={`${INPUT} num`}
        />
      )}
    </FormField>
  );
}
