import type { ReactNode } from "react";

export type Tone = "present" | "waiting" | "lost" | "host" | "plain";

const TONES: Record<Tone, string> = {
  present: "bg-present-soft text-present-ink",
  waiting: "bg-waiting-soft text-waiting-ink",
  lost: "bg-lost-soft text-lost-ink",
  host: "bg-host-soft text-host-ink",
  plain: "bg-sunken text-ink-2",
};

export function Pill({
  tone,
  className = "",
  children,
}: {
  tone: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={`pill inline-flex max-w-full items-center gap-1.5 whitespace-nowrap rounded-full px-2.25 py-0.5 font-firm text-caption ${TONES[tone]} ${className}`}
    >
      {children}
    </span>
  );
}
