import type { ReactNode } from "react";
import { Link } from "./link.tsx";

interface Named {
  title: ReactNode;
  /** The title is a `PersonName`, which is cut where there is no room. */
  isName?: boolean;
}

/** The head of a page: its name, what it is about, and what can be done with it. */
export function PageHead({
  title,
  isName = false,
  above,
  beside,
  lead,
  actions,
  className = "",
  children,
}: Named & {
  /** What leads back: a `WayUp`. */
  above?: ReactNode;
  /** What stands in the line of the title. */
  beside?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
  /** More lines below the lead. */
  children?: ReactNode;
}) {
  const name = <PageName title={title} isName={isName} />;
  return (
    <div className={`flex flex-wrap items-start justify-between gap-x-4 gap-y-2 ${className}`}>
      <div className="min-w-0">
        {above}
        {beside === undefined ? (
          name
        ) : (
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {name}
            {beside}
          </div>
        )}
        {lead !== undefined && <p className="num text-ink-2">{lead}</p>}
        {children}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
    </div>
  );
}

/** The name of a page, where it stands alone or in a head of another form. */
export function PageName({ title, isName = false }: Named) {
  const form = isName ? "flex min-w-0 items-center" : "wrap-anywhere";
  return <h1 className={`${form} font-heading text-title tracking-title`}>{title}</h1>;
}

/** The one page that this one belongs to. */
export function WayUp({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="text-dense print:hidden">
      <Link href={href} className="text-ink-2 hover:text-ink hover:underline">
        {children}
      </Link>
    </p>
  );
}
