import type { ReactNode, Ref } from "react";

const HEIGHTS = {
  page: "max-h-[max(22rem,calc(100dvh-9rem))]",
  roster: "max-h-[max(24rem,calc(100dvh-11rem))]",
  register: "max-h-[max(24rem,calc(100dvh-7rem))]",
  card: "max-h-105",
  list: "max-h-72",
  whole: "",
};

/** A table whose head stays in sight: the cells bring borders, because a sticky cell loses a collapsed one. */
export const SCROLLED_TABLE = "num w-full border-separate border-spacing-0 text-dense";

/** A cell of a head that stays in sight. */
export const SCROLLED_HEAD =
  "sticky top-0 border-line border-b bg-surface py-2 font-medium text-ink-2 text-caption";

/** The box in which a table scrolls by itself. A keyboard has to reach it, so it is a region with a name. */
export function ScrollTable({
  label,
  height,
  isPrinted = false,
  className = "",
  ref,
  children,
}: {
  label: string;
  /** How high the box may become: as a page leaves room for it, or a fixed height in a card. */
  height: keyof typeof HEIGHTS;
  /** On paper it is as high as the table. */
  isPrinted?: boolean;
  className?: string;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}) {
  const printed = isPrinted ? "print:max-h-none print:overflow-visible" : "";
  return (
    // Positioned, or the texts for screen readers would widen the page.
    <section
      ref={ref}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reached by keyboard.
      tabIndex={0}
      className={`relative overflow-auto overscroll-x-contain ${HEIGHTS[height]} ${printed} ${className}`}
    >
      {children}
    </section>
  );
}
