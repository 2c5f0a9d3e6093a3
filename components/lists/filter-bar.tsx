"use client";

import { X } from "lucide-react";
import { type ReactNode, useCallback, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { formatSetting } from "#components/words/duration.ts";
import { providerWord } from "#components/words/provider-word.ts";
import type { Choices, Narrowed } from "#domain/lists/narrowing.ts";
import type { Period } from "#domain/time/period.ts";
import { Choice } from "./choice.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import type { Address, AddressChange } from "./use-address.ts";
import { useDraft } from "./use-draft.ts";

const DURATIONS_MS = [60_000, 300_000, 900_000, 1_800_000, 3_600_000];
const NOTHING: AddressChange = { source: null, room: null, q: null, min_duration_ms: null };

/** The fields a screen can be filtered by; a screen leaves out those that make no sense there. */
export type FilterField = "q" | "source" | "room" | "min_duration_ms";
const ALL: readonly FilterField[] = ["q", "source", "room", "min_duration_ms"];

/**
 * The filters of a screen over the past, all of them in the address. A form, so that it also works before the
 * page is hydrated: `otherParams` are the parameters of the address that have to stay.
 */
export function FilterBar({
  period,
  today,
  narrowed,
  choices,
  address,
  fields = ALL,
  hasDays = true,
  search = "Search rooms and people",
  otherParams = {},
  further = {},
  children,
}: {
  period: Period;
  today: string;
  narrowed: Narrowed;
  choices: Choices;
  address: Address;
  fields?: readonly FilterField[];
  /** Whether the days can be chosen. */
  hasDays?: boolean;
  search?: string;
  otherParams?: Record<string, string | null>;
  /** The filters that stand in `children`, by their parameters. */
  further?: Record<string, string | null>;
  children?: ReactNode;
}) {
  const { go } = address;
  const { source, room, q, minDurationMs } = narrowed;
  const others = Object.values(further);
  const isNarrowed = [source, room, q, minDurationMs, ...others].some((value) => value !== null);
  // A phone has room for the search and the list; the other filters stand behind a button there.
  const [isOpen, setOpen] = useState(false);
  const restId = useId();
  const aside = [source, room, minDurationMs, ...others].filter((value) => value !== null).length;
  const setQ = useCallback((text: string) => go({ q: text }), [go]);
  const setRoom = useCallback((key: string) => go({ room: key }), [go]);
  return (
    <form
      method="get"
      aria-label="Filters"
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 items-end gap-x-2.5 gap-y-2 sm:flex sm:flex-wrap"
    >
      {Object.entries(otherParams).map(
        ([name, value]) =>
          value !== null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <div className="col-span-2 flex items-end gap-2.5 sm:contents">
        {fields.includes("q") && (
          <TextField
            label={search}
            name="q"
            type="search"
            value={q ?? ""}
            className="grow sm:w-44 sm:grow-0"
            onChange={setQ}
          />
        )}
        <Button
          aria-expanded={isOpen}
          aria-controls={restId}
          onClick={() => setOpen(!isOpen)}
          className="h-8 py-0! flex-none sm:hidden"
        >
          Filters{aside > 0 && <span className="num"> · {aside}</span>}
        </Button>
      </div>
      <div
        id={restId}
        className={`contents ${isOpen ? "" : "[@media(scripting:enabled)_and_(max-width:39.99rem)]:hidden"}`}
      >
        {hasDays && <PeriodPicker period={period} today={today} address={address} />}
        {fields.includes("source") && (
          <Field label="Source" className="sm:max-w-44">
            <Choice name="source" value={source ?? ""} onChange={(id) => go({ source: id })}>
              <option value="">All</option>
              {source !== null && choices.gone.includes("source") && (
                <option value={source}>Not there any more</option>
              )}
              {choices.sources.map(({ id, name, provider, demo }) => (
                <option key={id} value={id}>
                  {name} ({providerWord(provider)}){demo === true && ", demo"}
                </option>
              ))}
            </Choice>
          </Field>
        )}
        {fields.includes("room") && (
          <RoomField room={room ?? ""} rooms={choices.rooms} onChange={setRoom} />
        )}
        {fields.includes("min_duration_ms") && (
          <Field label="Lasted at least">
            <Choice
              name="min_duration_ms"
              value={String(minDurationMs ?? "")}
              onChange={(ms) => go({ min_duration_ms: ms })}
            >
              <option value="">Any length</option>
              {durationsWith(minDurationMs).map((ms) => (
                <option key={ms} value={ms}>
                  {formatSetting(ms)}
                </option>
              ))}
            </Choice>
          </Field>
        )}
        {children}
      </div>
      {isNarrowed && (
        <Link
          href={address.href({ ...NOTHING, ...withoutAll(further) })}
          replace
          scroll={false}
          className="flex h-8 items-center gap-1 rounded-lg px-2 text-dense text-ink-2 hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
          Clear
        </Link>
      )}
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}

/** Takes these parameters out of an address. */
export function withoutAll(params: Record<string, string | null>): Record<string, null> {
  return Object.fromEntries(Object.keys(params).map((name) => [name, null]));
}

/** A field of text that goes to the address once its writer rests. */
export function TextField({
  label,
  name,
  type,
  value,
  list,
  className,
  onChange,
}: {
  label: string;
  name: string;
  type: "search" | "text";
  value: string;
  list?: string;
  className: string;
  onChange: (value: string) => void;
}) {
  const [draft, setDraft] = useDraft(value, onChange);
  return (
    <Field label={label} className={className}>
      <input
        type={type}
        name={name}
        value={draft}
        list={list}
        autoComplete="off"
        onChange={({ target }) => setDraft(target.value)}
        className={CONTROL}
      />
    </Field>
  );
}

function RoomField({
  room,
  rooms,
  onChange,
}: {
  room: string;
  rooms: Choices["rooms"];
  onChange: (room: string) => void;
}) {
  const id = useId();
  return (
    <>
      <TextField
        label="Room"
        name="room"
        type="text"
        value={room}
        list={id}
        className="sm:w-32"
        onChange={onChange}
      />
      <datalist id={id}>
        {rooms.map(({ key, title }) => (
          <option key={key} value={key} label={title ?? undefined} />
        ))}
      </datalist>
    </>
  );
}

function durationsWith(asked: number | null): number[] {
  const all = asked === null ? DURATIONS_MS : [...DURATIONS_MS, asked];
  return [...new Set(all)].toSorted((a, b) => a - b);
}
