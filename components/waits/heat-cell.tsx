"use client";

import { Link } from "#components/ui/link.tsx";
import type { Warmth } from "./heat.ts";

/** One hour of the week: how warm it is, and a link to its waits. */
export function HeatCell({
  weekHour,
  sentence,
  shade,
  href,
  isShown,
  isTabStop,
  onPointed,
}: {
  weekHour: number;
  /** The description for screen readers and the tooltip; `null` where no wait began. */
  sentence: string | null;
  shade: Warmth | null;
  href: string;
  /** Whether its waits are the listed ones. */
  isShown: boolean;
  isTabStop: boolean;
  onPointed: (weekHour: number | null) => void;
}) {
  if (sentence === null || shade === null) {
    return (
      <span className="block size-full rounded-md bg-sunken/50">
        <span className="sr-only">no waits</span>
      </span>
    );
  }
  return (
    <Link
      href={href}
      data-hour={weekHour}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isShown ? "true" : undefined}
      aria-label={sentence}
      title={sentence}
      onMouseEnter={() => onPointed(weekHour)}
      onMouseLeave={() => onPointed(null)}
      onFocus={() => onPointed(weekHour)}
      onBlur={() => onPointed(null)}
      style={{ background: shadeOf(shade) }}
      className={`relative grid size-full place-items-center rounded-md text-ink hover:outline-2 hover:outline-ink ${shade.isThin ? "border border-ink-3 border-dashed" : ""} ${isShown ? "outline-2 outline-ink" : ""}`}
    >
      {shade.text ?? "·"}
      {/* With forced colours: a bar, as long as the cell would be warm. */}
      <span
        aria-hidden
        className="absolute bottom-0 left-0 hidden h-0.75 bg-ink forced-colors:block"
        style={{ width: shade.text === null ? 0 : `${shade.warmth * 100}%` }}
      />
    </Link>
  );
}

function shadeOf({ warmth, text }: Warmth): string {
  const part = text === null ? 0 : Math.round(8 + warmth * 92);
  return `color-mix(in oklab, var(--color-heat) ${part}%, var(--color-sunken))`;
}
