"use client";

import { Choice } from "#components/lists/choice.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { formatSetting } from "#components/words/duration.ts";
import {
  NONE,
  PARAMETERS,
  paramsOfThresholds,
  storedThresholds,
  THRESHOLD_KEYS,
  textOf,
} from "#domain/rooms/register/lens.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "#domain/rooms/register/thresholds.ts";
import { percentWords, thresholdWords } from "./matrix/threshold-words.ts";
import { RoomStartForm } from "./room-start-form.tsx";
import { useMaySet } from "./use-may-set.ts";
import { useRoomSettings } from "./use-room-settings.ts";

const MINUTE = 60_000;

interface Setting {
  of: keyof Thresholds;
  label: string;
  values: readonly number[];
  wordsOf: (value: number) => string;
  /** The label where no value is set. */
  none?: string;
}

const SETTINGS: readonly Setting[] = [
  {
    of: "heldMs",
    label: "Count meetings of at least",
    values: [0, 0.5, 1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
    wordsOf: (ms) => (ms === 0 ? "any length" : formatSetting(ms)),
  },
  {
    of: "lateMs",
    label: "Late after",
    values: [0, 1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
    wordsOf: formatSetting,
  },
  {
    of: "earlyMs",
    label: "Left early before the last",
    values: [0, 1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
    wordsOf: formatSetting,
  },
  {
    of: "share",
    label: "Counts as attended from",
    values: [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 1],
    wordsOf: (share) => (share === 0 ? "coming in" : `${percentWords(share)} of it`),
  },
  {
    of: "attendedMs",
    label: "or from",
    values: [5, 10, 15, 30, 45, 60].map((minutes) => minutes * MINUTE),
    wordsOf: formatSetting,
    none: "no minutes",
  },
  {
    of: "regularShare",
    label: "Regular from",
    values: [0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1],
    wordsOf: percentWords,
  },
  {
    of: "regularLast",
    label: "of the last",
    values: [4, 6, 8, 10, 12, 16, 24],
    wordsOf: (meetings) => `${meetings} meetings`,
  },
  {
    of: "missed",
    label: "Not lately: missed the last",
    values: [1, 2, 3, 4, 5, 6, 8],
    wordsOf: (meetings) => (meetings === 1 ? "meeting" : `${meetings} meetings`),
  },
];

/**
 * The thresholds of the register: stored for the room, or changed for one view in the address. A form, so
 * that it also works before the page is hydrated.
 */
export function ThresholdsForm({
  page,
  address,
  otherParams,
}: {
  page: RegisterPage;
  address: Address;
  /** The parameters of the address that have to stay. */
  otherParams: Record<string, string | null>;
}) {
  const { room, settings, thresholds } = page;
  const maySave = useMaySet(room);
  const own = storedThresholds(settings);
  const isAsStored = isSame(thresholds, own);
  const isUsual = isSame(own, DEFAULT_THRESHOLDS);
  const back = () => address.go(paramsOfThresholds(own, own));
  const { store, isStoring, error } = useRoomSettings(room.id, back);
  return (
    <details
      open={!isAsStored}
      className="group rounded-card border border-line bg-surface shadow-card print:hidden"
    >
      <summary className="cursor-pointer px-4 py-2.5 text-dense text-ink-2 marker:text-ink-3 hover:text-ink sm:px-4.5">
        <span className="font-firm text-ink">What counts</span>
        <span className="num group-open:hidden"> · {thresholdWords(thresholds)}</span>
      </summary>
      <form
        method="get"
        aria-label="What counts"
        onSubmit={(event) => event.preventDefault()}
        className="grid grid-cols-2 items-end gap-x-2.5 gap-y-2 border-line border-t px-4 py-3 sm:flex sm:flex-wrap sm:px-4.5"
      >
        {Object.entries(otherParams).map(
          ([name, value]) =>
            value !== null && <input key={name} type="hidden" name={name} value={value} />,
        )}
        {SETTINGS.map((setting) => (
          <ThresholdField
            key={setting.of}
            setting={setting}
            value={thresholds[setting.of]}
            onChange={(value) => {
              const usual = textOf(own[setting.of], setting.of) ?? NONE;
              address.go({ [PARAMETERS[setting.of].name]: value === usual ? null : value });
            }}
          />
        ))}
        <div className="col-span-2 flex basis-full flex-wrap items-center gap-x-3 gap-y-2 text-note text-ink-2">
          {isAsStored ? (
            <p>{storedWords(page)}</p>
          ) : (
            <>
              <p className="text-waiting-ink">
                Changed for this look only; for this room it is saved differently.
              </p>
              {maySave && (
                <Button
                  disabled={isStoring}
                  onClick={() => store({ thresholds: wireOf(thresholds) })}
                >
                  {isStoring ? "Saving…" : "Save for this room"}
                </Button>
              )}
              <Button onClick={back} look="quiet" className="h-8 px-2 text-dense">
                Back to what is kept
              </Button>
            </>
          )}
          {isAsStored && !isUsual && (
            <Button
              onClick={() => address.go(paramsOfThresholds(DEFAULT_THRESHOLDS, own))}
              look="quiet"
              className="h-8 px-2 text-dense"
            >
              Look with the usual
            </Button>
          )}
          {error !== null && (
            <p role="alert" className="text-lost-ink">
              This was not saved. {error.message}
            </p>
          )}
        </div>
        <noscript>
          <Button type="submit">Apply</Button>
        </noscript>
      </form>
      <RoomStartForm key={JSON.stringify(settings?.start ?? null)} page={page} />
    </details>
  );
}

function isSame(one: Thresholds, other: Thresholds): boolean {
  return Object.values(paramsOfThresholds(one, other)).every((text) => text === null);
}

/** Who stored the thresholds, and when; or that they are the defaults. */
function storedWords({ settings, period }: RegisterPage): string {
  if (settings === null) return "The usual thresholds: nobody set others for this room.";
  const face = ClockFormat.in(period.timeZone);
  return `Kept for this room by ${settings.by}, ${face.calendarDay(settings.at)}.`;
}

/** The thresholds as they are sent: by the names and in the units of the address. */
function wireOf(thresholds: Thresholds): Record<string, number | null> {
  return Object.fromEntries(
    THRESHOLD_KEYS.map((key) => {
      const text = textOf(thresholds[key], key);
      return [PARAMETERS[key].name, text === null ? null : Number(text)];
    }),
  );
}

function ThresholdField({
  setting: { of, label, values, wordsOf, none },
  value,
  onChange,
}: {
  setting: Setting;
  value: number | null;
  onChange: (text: string) => void;
}) {
  const all = [...new Set(value === null ? values : [...values, value])].toSorted((a, b) => a - b);
  const text = textOf(value, of);
  return (
    <Field label={label}>
      <Choice name={PARAMETERS[of].name} value={text ?? NONE} onChange={onChange}>
        {none !== undefined && <option value={NONE}>{none}</option>}
        {all.map((one) => (
          <option key={one} value={textOf(one, of) ?? ""}>
            {wordsOf(one)}
          </option>
        ))}
      </Choice>
    </Field>
  );
}
