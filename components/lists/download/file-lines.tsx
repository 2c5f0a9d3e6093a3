"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { counted } from "#components/words/count.ts";
import { type FollowedFile, followedFiles } from "./followed-files.ts";

export function FileLines({ files }: { files: readonly FollowedFile[] }) {
  return (
    <ul
      aria-label="Files"
      className="fixed right-4 bottom-4 z-40 grid w-80 max-w-[calc(100vw-2rem)] gap-2 print:hidden"
    >
      {files.map((file) => (
        <FileLine key={file.id} file={file} />
      ))}
    </ul>
  );
}

/** The same for screen readers. */
export function FileWords({ files }: { files: readonly FollowedFile[] }) {
  return files.map(announced).join(" ");
}

function FileLine({ file }: { file: FollowedFile }) {
  const { id, name, state } = file;
  const isRunning = state === "running";
  return (
    <li className="flex items-center gap-3 rounded-card border border-line bg-surface py-2.5 pr-2 pl-4 shadow-popup">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-firm text-dense" title={name ?? undefined}>
          {name}
        </span>
        <span
          className={`num block text-caption ${state === "failed" ? "text-lost-ink" : "text-ink-2"}`}
        >
          {words(file)}
        </span>
        {isRunning && <span aria-hidden className="bg-present mt-1.5 block h-1 rounded-full" />}
      </span>
      {isRunning ? (
        <Button onClick={() => followedFiles.stop(id)}>
          Cancel<span className="sr-only"> {name}</span>
        </Button>
      ) : (
        <Button onClick={() => followedFiles.dismiss(id)} look="sign">
          <X aria-hidden className="size-3.5" />
          <span className="sr-only">Dismiss {name}</span>
        </Button>
      )}
    </li>
  );
}

function words({ rows, state }: FollowedFile): string {
  const read = counted(rows, "row", "rows");
  switch (state) {
    case "running":
      return `Preparing… ${read}`;
    case "done":
      return `Complete · ${read}`;
    case "stopped":
      return "Cancelled: the file is incomplete";
    case "failed":
      return "Interrupted: the file is incomplete. Try again.";
    default:
      return state satisfies never;
  }
}

/** The announcement of a file: its beginning and its end. The rows in between are only shown. */
function announced(file: FollowedFile): string {
  return `${file.name}: ${file.state === "running" ? "preparing" : words(file)}.`;
}
