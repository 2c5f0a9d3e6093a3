"use client";

import { MousePointerClick, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { DetailsLater } from "./details-later.tsx";
import type { PersonShown } from "./person-shown.ts";
import { PersonStatusPill } from "./person-status-pill.tsx";

/** The chosen person, beside the timeline. */
export function PersonPanel({
  shown,
  onClose,
}: {
  shown: PersonShown | null;
  onClose: () => void;
}) {
  if (shown === null) {
    return (
      <section
        aria-label="Person"
        className="flex items-center gap-3 rounded-card border border-line border-dashed px-4.5 py-4 text-dense text-ink-2"
      >
        <MousePointerClick aria-hidden className="size-4.5 flex-none text-ink-3" />
        Choose a lane to see how somebody’s time adds up.
      </section>
    );
  }
  return (
    <section
      aria-label="Person"
      className="rounded-card border border-line bg-surface px-4.5 py-3.5 shadow-card"
    >
      <div className="flex items-center gap-2">
        <h2 className="flex min-w-0 flex-1 font-semibold text-lead tracking-head">
          <PersonName name={shown.person.name} className="min-w-0" />
        </h2>
        <PersonStatusPill person={shown.person} />
        <Button onClick={onClose} aria-label="Close" look="close" className="-mr-2">
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <DetailsLater key={shown.anchor} {...shown} />
    </section>
  );
}
