"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { PopOver } from "#components/ui/pop-over.tsx";

/** The list of zones is loaded only when a reader chooses one. */
const search = new LazyPart(() => import("./zone-search.tsx").then((read) => read.ZoneSearch));

/** A time zone as a control of a form: a button with its name, and a search behind it. */
export function ZoneField({
  zone,
  onZone,
  label,
  className = "h-8 text-dense",
  ...ties
}: {
  zone: string;
  onZone: (zone: string) => void;
  /** Its name, where there is no label beside it. */
  label?: string;
  className?: string;
  id?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        ...(label !== undefined && { label: `${label}: ${zone}` }),
        ties,
        className: `flex w-full min-w-0 items-center justify-between gap-1.5 rounded-lg border border-line bg-surface px-2 text-left text-ink ${className}`,
        children: (
          <>
            <span className="truncate">{zone}</span>
            <ChevronDown aria-hidden className="size-3.5 flex-none text-ink-3" />
          </>
        ),
      }}
      label="Zones"
      align="start"
      className="w-72 max-w-[calc(100vw-24px)] p-1.5"
    >
      <ZoneList
        chosen={zone}
        onZone={(next) => {
          setOpen(false);
          onZone(next);
        }}
      />
    </PopOver>
  );
}

/** The search, as soon as its script is loaded. */
export function ZoneList(props: { chosen: string; onZone: (zone: string) => void }) {
  const { value: Search, failed } = useLazyPart(search, true);
  if (Search !== null) return <Search {...props} />;
  return (
    <p role="status" className="px-2.5 py-2 text-dense text-ink-3">
      {failed ? "The list could not be read: the server did not answer." : "Loading time zones…"}
    </p>
  );
}
