"use client";

import { type FormEvent, useState } from "react";
import { Choice } from "#components/lists/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { localeSettings } from "#components/words/locale-settings.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import type { RoomStart } from "#domain/rooms/register/room-start.ts";
import { WEEKDAYS, type Weekday } from "#domain/time/weekday.ts";
import { weekFrom } from "#domain/viewer/viewer.ts";
import { useMaySet } from "./use-may-set.ts";
import { useRoomSettings } from "./use-room-settings.ts";

const DAYS: Record<Weekday, string> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};

const NOWHERE = { timeZone: "", everyDay: null, weekdays: {} };

/** When the meetings of a room begin, where none is scheduled: stored for the room by those who may. */
export function RoomStartForm({ page }: { page: RegisterPage }) {
  if (!useMaySet(page.room)) return <StartWords start={page.settings?.start ?? null} />;
  return <StartForm page={page} />;
}

/** `Meetings of this room begin on every day at 09:00, on Fridays at 10:00 (Europe/Berlin).` */
function StartWords({ start }: { start: RoomStart | null }) {
  if (start === null) return null;
  const { everyDay, weekdays, timeZone } = start;
  const days = inOwnWeek().flatMap((day) => {
    const time = weekdays[day];
    return time === undefined ? [] : [`on ${DAYS[day]} at ${time}`];
  });
  const all = everyDay === null ? days : [`on every day at ${everyDay}`, ...days];
  return (
    <p className="num border-line border-t px-4 py-3 text-note text-ink-2 sm:px-4.5">
      Meetings of this room begin {all.join(", ")} ({timeZone}). It counts where none is scheduled.
    </p>
  );
}

function StartForm({ page: { room, settings, period } }: { page: RegisterPage }) {
  const stored = settings?.start ?? null;
  const [draft, setDraft] = useState<RoomStart>(
    stored ?? { ...NOWHERE, timeZone: period.timeZone },
  );
  const { store, isStoring, error } = useRoomSettings(room.id, () => {});
  const isEmpty = draft.everyDay === null && Object.keys(draft.weekdays).length === 0;
  const isStored = isEmpty ? stored === null : JSON.stringify(draft) === JSON.stringify(stored);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store({
      start: isEmpty
        ? null
        : { time_zone: draft.timeZone, time: draft.everyDay, weekdays: draft.weekdays },
    });
  };
  const setDay = (day: Weekday, time: string) => {
    const { [day]: _, ...others } = draft.weekdays;
    const all = time === "" ? others : { ...others, [day]: time };
    setDraft({ ...draft, weekdays: Object.fromEntries(ordered(all)) });
  };
  const zones = [...new Set([draft.timeZone, period.timeZone])];
  return (
    <form
      aria-label="When meetings begin"
      onSubmit={submit}
      className="grid grid-cols-2 items-end gap-x-2.5 gap-y-2 border-line border-t px-4 py-3 sm:flex sm:flex-wrap sm:px-4.5"
    >
      <p className="col-span-2 basis-full text-note text-ink-2">
        When meetings of this room begin, by the clock. It counts where none is scheduled, for
        meetings that were on at that time or began up to an hour after it.
      </p>
      <Time
        label="On every day"
        value={draft.everyDay ?? ""}
        onChange={(time) => setDraft({ ...draft, everyDay: time === "" ? null : time })}
      />
      {inOwnWeek().map((day) => (
        <Time
          key={day}
          label={DAYS[day]}
          value={draft.weekdays[day] ?? ""}
          onChange={(time) => setDay(day, time)}
        />
      ))}
      <Field label="Time zone" className="sm:w-44">
        <Choice value={draft.timeZone} onChange={(timeZone) => setDraft({ ...draft, timeZone })}>
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Choice>
      </Field>
      <Button type="submit" disabled={isStoring || isStored}>
        {isStoring ? "Saving…" : "Save start"}
      </Button>
      {error !== null && (
        <p role="alert" className="text-note text-lost-ink">
          This was not saved. {error.message}
        </p>
      )}
    </form>
  );
}

/** The days as the reader's week has them. */
function inOwnWeek(): Weekday[] {
  return weekFrom(localeSettings().firstDay).flatMap((nth) => WEEKDAYS[nth - 1] ?? []);
}

/** In the order of the week, so that the same days and times give the same text. */
function ordered(weekdays: Partial<Record<Weekday, string>>): [Weekday, string][] {
  return WEEKDAYS.flatMap((day) => {
    const time = weekdays[day];
    return time === undefined ? [] : [[day, time]];
  });
}

function Time({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (time: string) => void;
}) {
  return (
    <Field label={label} className="sm:w-26">
      <input
        type="time"
        className={CONTROL}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
