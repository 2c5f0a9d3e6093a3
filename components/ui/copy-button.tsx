"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

/** Copies a text. Where the browser does not let us (no https), it says so by doing nothing more. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={copied ? "Copied" : label}
      className="rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden className={`size-3.75 ${copied ? "text-present-ink" : ""}`} />
    </button>
  );
}
