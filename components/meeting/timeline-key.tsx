import { X } from "lucide-react";
import type { ReactNode } from "react";

/** What the shapes of the lanes mean. */
export function TimelineKey() {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-3 pb-1 text-ink-2 text-xs sm:px-4.5">
      <Entry swatch={<span className="h-2.25 w-5 rounded-[3px] bg-present" />}>
        in the meeting
      </Entry>
      <Entry swatch={<span className="stripes h-1.5 w-5 rounded-xs" />}>waiting</Entry>
      <Entry swatch={<span className="w-5 border-present border-t-2 border-dotted" />}>
        reconnected
      </Entry>
      <Entry swatch={<span className="h-1 w-5 rounded-xs bg-host" />}>host</Entry>
      <Entry swatch={<X className="size-3 text-lost" strokeWidth={3} />}>
        left before admitted
      </Entry>
      <Entry swatch={<span className="fades h-2.25 w-5 rounded-[3px] bg-present" />}>
        end inferred
      </Entry>
    </ul>
  );
}

function Entry({ swatch, children }: { swatch: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="flex items-center">
        {swatch}
      </span>
      {children}
    </li>
  );
}
