import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "#components/ui/button.tsx";

/** Links to the page before and after; nothing where all rows are on one page. */
export function Pager({ previous, next }: { previous: string | null; next: string | null }) {
  if (previous === null && next === null) return null;
  return (
    <nav
      aria-label="Pages"
      className="flex items-center justify-between print:hidden gap-3 border-line border-t px-4 py-2.5 sm:px-4.5"
    >
      <Turn href={previous} rel="prev">
        <ChevronLeft aria-hidden className="size-3.5" />
        Previous
      </Turn>
      <Turn href={next} rel="next">
        Next
        <ChevronRight aria-hidden className="size-3.5" />
      </Turn>
    </nav>
  );
}

function Turn({
  href,
  rel,
  children,
}: {
  href: string | null;
  rel: "prev" | "next";
  children: React.ReactNode;
}) {
  if (href === null) return <span />;
  return (
    <ButtonLink href={href} rel={rel} className="inline-flex! items-center gap-1">
      {children}
    </ButtonLink>
  );
}
