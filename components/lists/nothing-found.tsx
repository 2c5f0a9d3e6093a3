import { Link } from "#components/ui/link.tsx";
import { localeSettings } from "#components/words/manner.ts";
import type { Period } from "#domain/time/period.ts";
import { presetsOn } from "./presets.ts";
import type { Address } from "./use-address.ts";

/** Takes away all that a filter bar can narrow to. */
export const EVERYTHING = { source: null, room: null, q: null, min_duration_ms: null };

/** What stands where a list of some days has nothing in it, with the ways to look further. */
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
  /** What is looked for is not there on any day. */
  isGone?: boolean;
  address: Address;
  /** What takes away what was looked for, where something was. */
  narrowed?: { words: string; without: Record<string, null> } | null;
}) {
  const always = presetsOn(today, localeSettings().firstDay).at(-1);
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <p className="font-[560]">{title}</p>
      <p className="max-w-sm text-ink-2">{why}</p>
      <p className="mt-3 flex flex-wrap justify-center gap-2">
        {narrowed !== null && (
          <Link href={address.href(narrowed.without)} replace className="button">
            {narrowed.words}
          </Link>
        )}
        {!isGone && always !== undefined && period.firstDay !== always.from && (
          <Link
            href={address.href({ from: always.from, to: always.to })}
            replace
            className="button"
          >
            Look at all time
          </Link>
        )}
      </p>
    </div>
  );
}
