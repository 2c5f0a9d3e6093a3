import { ButtonLink } from "#components/ui/button.tsx";
import { localeSettings } from "#components/words/locale-settings.ts";
import type { Period } from "#domain/time/period.ts";
import { presetsOn } from "./presets.ts";
import type { Address } from "./use-address.ts";

/** Removes every filter that a filter bar can set. */
export const EVERYTHING = { source: null, room: null, q: null, min_duration_ms: null };

/** The message of a list without rows in its period, with links that search more widely. */
export function NothingFound({
  title,
  why,
  days: { today, period },
  isGone = false,
  address,
  narrowed = null,
}: {
  title: string;
  why: string;
  days: { today: string; period: Period };
  /** The source or room of the filter does not exist at all. */
  isGone?: boolean;
  address: Address;
  /** The changes that remove the filters, where there are any. */
  narrowed?: { words: string; without: Record<string, null> } | null;
}) {
  const always = presetsOn(today, localeSettings().firstDay).at(-1);
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <p className="font-strong">{title}</p>
      <p className="max-w-sm text-ink-2">{why}</p>
      <p className="mt-3 flex flex-wrap justify-center gap-2">
        {narrowed !== null && (
          <ButtonLink href={address.href(narrowed.without)} replace>
            {narrowed.words}
          </ButtonLink>
        )}
        {!isGone && always !== undefined && period.firstDay !== always.from && (
          <ButtonLink href={address.href({ from: always.from, to: always.to })} replace>
            Look at all time
          </ButtonLink>
        )}
      </p>
    </div>
  );
}
