import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "./link.tsx";

/** The way to this page, from the screen it belongs to. */
export function Breadcrumb({ children }: { children: ReactNode }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-0.5 text-ink-2 text-note print:hidden">
      <ol className="flex min-w-0 items-center gap-1">{children}</ol>
    </nav>
  );
}

/** One step of the way. The last is cut where there is no room, and without an address it is this page. */
export function Step({
  at = "within",
  href,
  children,
}: {
  at?: "first" | "within" | "last";
  href?: string;
  children: ReactNode;
}) {
  const isLast = at === "last";
  return (
    <>
      {at !== "first" && <ChevronRight aria-hidden className="size-3 flex-none text-ink-3" />}
      <li
        aria-current={isLast && href === undefined ? "page" : undefined}
        className={isLast ? "min-w-0 truncate" : "flex-none"}
      >
        {href === undefined ? (
          children
        ) : (
          <Link href={href} className="hover:text-ink hover:underline">
            {children}
          </Link>
        )}
      </li>
    </>
  );
}
