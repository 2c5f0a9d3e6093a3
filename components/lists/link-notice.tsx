import { Unlink } from "lucide-react";
import type { ReactNode } from "react";

/** A quiet notice above a page about the link that led to it, and a link to the page without that part. */
export function LinkNotice({ way, children }: { way: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label="About this link"
      className="mb-4 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 rounded-lg bg-sunken px-3.5 py-2 text-dense text-ink-2 print:hidden"
    >
      <Unlink aria-hidden className="size-4 flex-none" />
      <div className="wrap-anywhere min-w-0 flex-1 basis-60">{children}</div>
      {way}
    </section>
  );
}
