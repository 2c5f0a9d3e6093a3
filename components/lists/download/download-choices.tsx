"use client";

import { flushSync } from "react-dom";
import { v4 as uuid } from "uuid";
import { Button } from "#components/ui/button.tsx";
import type { DownloadChoice } from "./download-choice.ts";
import { followedFiles } from "./followed-files.ts";

/** The entries of the download menu. */
export function DownloadChoices({
  choices,
  canPrint,
  onDone,
}: {
  choices: readonly DownloadChoice[];
  canPrint: boolean;
  onDone: () => void;
}) {
  return (
    <ul>
      {choices.map((choice) => (
        <li key={choice.href}>
          <FileLink choice={choice} onTaken={onDone} />
        </li>
      ))}
      {canPrint && (
        <li>
          <Button
            onClick={() => {
              // The menu has to be gone before the page is printed.
              flushSync(() => onDone());
              window.print();
            }}
            look="row"
            className="block w-full rounded-md px-2.5 py-1.5 text-dense"
          >
            <span className="font-firm">Print</span>
            <span className="block text-ink-3 text-caption">this page, on paper or as PDF</span>
          </Button>
        </li>
      )}
    </ul>
  );
}

/** A plain link, so that the browser saves the file in its own way, and no page holds it in memory. */
function FileLink({
  choice: { name, note, href },
  onTaken,
}: {
  choice: DownloadChoice;
  onTaken: () => void;
}) {
  return (
    <a
      href={href}
      download
      onClick={({ currentTarget }) => {
        // Only this click is followed: a link copied from here has no id.
        const id = uuid();
        currentTarget.setAttribute("href", withDownload(href, id));
        followedFiles.follow(id);
        onTaken();
      }}
      className="block rounded-md px-2.5 py-1.5 text-dense hover:bg-sunken"
    >
      <span className="font-firm">{name}</span>
      <span className="block text-ink-3 text-caption">{note}</span>
    </a>
  );
}

function withDownload(href: string, id: string): string {
  return `${href}${href.includes("?") ? "&" : "?"}download=${id}`;
}
