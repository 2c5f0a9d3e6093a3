"use client";

import { Upload } from "lucide-react";
import { type DragEvent, useState } from "react";

/** Files are dropped here, or chosen in the field. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the field inside.
    <div
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={`relative grid justify-items-center gap-1 rounded-card border border-dashed px-6 py-9 text-center focus-within:outline-2 focus-within:outline-focus ${isOver ? "border-ink-2 bg-sunken" : "border-ink-3/60 bg-surface"}`}
    >
      <Upload aria-hidden className="size-5 text-ink-3" />
      <label className="font-strong">
        Drop attendance files here, or choose them
        <input
          type="file"
          multiple
          accept=".csv,.tsv,.txt,text/csv"
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            // So that the same file can be chosen once more.
            target.value = "";
          }}
        />
      </label>
      <p className="max-w-lg text-dense text-ink-2">
        CSV as exported by Zoom, Teams or Google Meet. The kind is detected, and nothing is added
        before you have seen what it would be.
      </p>
    </div>
  );
}
