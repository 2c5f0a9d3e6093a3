import type { ReactNode } from "react";
import { BrandMark } from "#components/ui/brand-mark.tsx";
import { PageName } from "#components/ui/page-head.tsx";

/** A page before anybody is in: one card in the middle. */
export function Door({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <title>{`${title} · Rollcall`}</title>
      <div className="w-full max-w-sm">
        <p className="mb-5 flex items-center justify-center gap-2.25 font-heading text-subhead tracking-head">
          <BrandMark />
          Rollcall
        </p>
        <div className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
          <PageName title={title} />
          {lead !== undefined && <p className="mt-1 text-dense text-ink-2">{lead}</p>}
          {children}
        </div>
      </div>
    </main>
  );
}
