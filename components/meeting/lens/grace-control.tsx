"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { PopOver } from "#components/ui/pop-over.tsx";
import { formatSetting } from "#components/words/duration.ts";
import type { Ms } from "#domain/time/ms.ts";

const choices = new LazyPart(() => import("./grace-choices.tsx").then((read) => read.GraceChoices));

/**
 * The grace (up to which length gaps are joined), and its choice for this view. `own` is the source's, with which
 * stored rows are projected; `graceMs` is `null` where that is shown. Both in ms.
 */
export function GraceControl({
  graceMs,
  own,
  source,
  onChange,
}: {
  graceMs: Ms | null;
  own: Ms;
  source: string;
  onChange: (graceMs: Ms | null) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const current = graceMs ?? own;
  const choose = (ms: Ms) => onChange(ms === own ? null : ms);
  return (
    <div className="flex items-center gap-1.5">
      <PopOver
        open={isOpen}
        onOpenChange={setOpen}
        button={{
          className: `num flex items-center gap-1 whitespace-nowrap rounded-lg border px-2.5 py-1 text-note hover:bg-sunken data-popup-open:bg-sunken ${graceMs === null ? "border-line text-ink-2" : "border-focus text-ink"}`,
          children: (
            <>
              {graceWords(current)}
              <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
            </>
          ),
        }}
        label="Which gaps are joined"
        align="start"
        reads={choices}
        className="w-70 p-1.5 text-dense"
      >
        <Later part={choices} props={{ current, own, source, onChoose: choose }} />
      </PopOver>
      {graceMs !== null && (
        <Button
          onClick={() => onChange(null)}
          look="offer"
          className="num whitespace-nowrap rounded-md px-1.5 py-1 text-note"
        >
          Back to {formatSetting(own)}
        </Button>
      )}
    </div>
  );
}

function graceWords(graceMs: Ms): string {
  return graceMs === 0 ? "no gaps joined" : `gaps up to ${formatSetting(graceMs)} joined`;
}
