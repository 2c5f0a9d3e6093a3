"use client";

import { ChevronDown, Download } from "lucide-react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { v4 as uuid } from "uuid";
import { PopOver } from "#components/ui/pop-over.tsx";
import { followedFiles } from "./followed-files.ts";

interface Choice {
  name: string;
  note: string;
  href: string;
}

/** A table as a file, in the formats it comes in, or on paper. */
export function DownloadMenu({
  of,
  choices,
  canPrint = false,
}: {
  of: string;
  choices: readonly Choice[];
  /** Whether the page itself is made for paper. */
  canPrint?: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        className: "button inline-flex! items-center gap-1.5",
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
      className="w-66 p-1.5"
    >
      <ul>
        {choices.map((choice) => (
          <li key={choice.href}>
            <FileLink choice={choice} onTaken={() => setOpen(false)} />
          </li>
        ))}
        {canPrint && (
          <li>
            <button
              type="button"
              onClick={() => {
                // The menu has to be gone before the page is put on paper.
                flushSync(() => setOpen(false));
                window.print();
              }}
              className="block w-full rounded-md px-2.5 py-1.5 text-left text-[13px] hover:bg-sunken"
            >
              <span className="font-[540]">Print</span>
              <span className="block text-ink-3 text-xs">this page, on paper or as PDF</span>
            </button>
          </li>
        )}
      </ul>
    </PopOver>
  );
}

/** A plain link, so that the browser saves the file however it likes, and no page holds it meanwhile. */
function FileLink({
  choice: { name, note, href },
  onTaken,
}: {
  choice: Choice;
  onTaken: () => void;
}) {
  return (
    <a
      href={href}
      download
      onClick={({ currentTarget }) => {
        // Only this click is followed: a link that is copied from here has no id.
        const id = uuid();
        currentTarget.setAttribute("href", withDownload(href, id));
        followedFiles.follow(id);
        onTaken();
      }}
      className="block rounded-md px-2.5 py-1.5 text-[13px] hover:bg-sunken"
    >
      <span className="font-[540]">{name}</span>
      <span className="block text-ink-3 text-xs">{note}</span>
    </a>
  );
}

function withDownload(href: string, id: string): string {
  return `${href}${href.includes("?") ? "&" : "?"}download=${id}`;
}

/** As the spreadsheet of whoever sits here opens it, which goes by their language. */
function forPeople(params: URLSearchParams): URLSearchParams {
  const locale = typeof navigator === "undefined" ? null : navigator.language;
  return new URLSearchParams([
    ...params,
    ["for", "people"],
    ...(locale === null ? [] : [["locale", locale]]),
  ]);
}

/** The formats of a table at an address without its ending. */
export function formatsOf(path: string, params: Record<string, string | null>): Choice[] {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null) all.set(name, value);
  const query = all.size === 0 ? "" : `?${all}`;
  return [
    { name: "XLSX", note: "for Excel, ready to print", href: `${path}.xlsx${query}` },
    { name: "CSV", note: "UTF-8, opens in your spreadsheet", href: `${path}.csv?${forPeople(all)}` },
    { name: "JSON", note: "times in UTC, durations in ms", href: `${path}.json${query}` },
  ];
}
