"use client";

import { ChevronDown, Download } from "lucide-react";
import { useState } from "react";
import { buttonLook } from "#components/ui/button.tsx";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { PopOver } from "#components/ui/pop-over.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { May } from "#components/viewer/may.tsx";
import type { DownloadChoice } from "./download-choice.ts";

const downloadChoices = new LazyPart(() =>
  import("./download-choices.tsx").then((read) => read.DownloadChoices),
);

interface Shown {
  of: string;
  choices: readonly DownloadChoice[];
  /** Whether the page itself can be printed. */
  canPrint?: boolean;
}

/** A table as a file, in each of its formats, or printed. Those who may take no files out still print. */
export function DownloadMenu(shown: Shown) {
  return (
    <May access="export" otherwise={shown.canPrint && <PrintButton hasSign />}>
      <Offered {...shown} />
    </May>
  );
}

function Offered({ of, choices, canPrint = false }: Shown) {
  const [isOpen, setOpen] = useState(false);
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        className: buttonLook({ hasSign: true }),
        children: (
          <>
            <Download aria-hidden className="size-3.5" />
            Download
            <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
          </>
        ),
      }}
      label={`Download ${of}`}
      align="end"
      reads={downloadChoices}
      className="w-66 p-1.5"
    >
      <Later part={downloadChoices} props={{ choices, canPrint, onDone: () => setOpen(false) }} />
    </PopOver>
  );
}

/** As the reader's spreadsheet opens it, which depends on their language. */
function forPeople(params: URLSearchParams): URLSearchParams {
  const locale = typeof navigator === "undefined" ? null : navigator.language;
  return new URLSearchParams([
    ...params,
    ["for", "people"],
    ...(locale === null ? [] : [["locale", locale]]),
  ]);
}

/** The formats of a table, at an address without its ending. */
export function formatsOf(path: string, params: Record<string, string | null>): DownloadChoice[] {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null) all.set(name, value);
  const query = all.size === 0 ? "" : `?${all}`;
  return [
    { name: "XLSX", note: "for Excel, ready to print", href: `${path}.xlsx${query}` },
    {
      name: "CSV",
      note: "UTF-8, opens in your spreadsheet",
      href: `${path}.csv?${forPeople(all)}`,
    },
    { name: "JSON", note: "times in UTC, durations in ms", href: `${path}.json${query}` },
  ];
}
