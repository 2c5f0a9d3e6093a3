import Link from "next/link";
import type { ReactNode } from "react";

/** A whole screen that says one thing, and the way back. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto grid min-h-[60dvh] max-w-md content-center gap-2 px-4 text-center">
      <title>{`${title} · Rollcall`}</title>
      <h1 className="font-[620] text-[21px] tracking-[-0.018em]">{title}</h1>
      <p className="text-ink-2">{children}</p>
      <p className="mt-3">
        <Link href="/" className="button">
          Back to Live
        </Link>
      </p>
    </div>
  );
}
