"use client";

import { CircleOff } from "lucide-react";
import type { ReactNode } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useTrouble } from "#components/sync/use-trouble.ts";
import { Link } from "#components/ui/link.tsx";
import {
  behindSentence,
  haltSentence,
  offSentence,
  refusedSentence,
  stoppedSentence,
} from "#components/words/recording-sentences.ts";

/** Up to this many sources are listed one by one. */
const MOST_LISTED = 3;

/** Why webhooks are not recorded, and what to do about it, a line each. */
export function RecordingLines() {
  const { halted, behind, stopped, off, refused, more, now } = useTrouble();
  const { providers } = useLiveParts();
  const clockFormat = useTodaysClockFormat();
  const listed = refused.slice(0, MOST_LISTED);
  const others = refused.length - listed.length + more;
  return (
    <section aria-label="Recording" className="mb-4 grid gap-1.5 print:hidden">
      {halted !== null && <Line>{haltSentence(halted, now, clockFormat)}</Line>}
      {halted === null && behind !== null && (
        <Line>{behindSentence(behind, now, clockFormat)}</Line>
      )}
      {stopped !== null && <Line>{stoppedSentence(stopped, now, clockFormat)}</Line>}
      {off.slice(0, MOST_LISTED).map((one) => (
        <Line key={one.source.id}>
          <bdi className="font-strong">{one.source.name}</bdi>: {offSentence(one, now, clockFormat)}{" "}
          <Link href={`/sources/${one.source.id}`} className="underline underline-offset-2">
            Switch it on
          </Link>
        </Line>
      ))}
      {listed.map((one) => (
        <Line key={one.source.id}>
          <bdi className="font-strong">{one.source.name}</bdi>:{" "}
          {refusedSentence(one, providers, now, clockFormat)}{" "}
          <Link href="/sources" className="underline underline-offset-2">
            Sources
          </Link>
        </Line>
      ))}
      {others > 0 && (
        <Line>
          And {others} more:{" "}
          <Link href="/sources" className="underline underline-offset-2">
            Sources
          </Link>
        </Line>
      )}
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="num wrap-anywhere flex gap-2.5 rounded-lg bg-lost-soft px-3.5 py-2.5 text-dense text-lost-ink">
      <CircleOff aria-hidden className="mt-0.5 size-4 flex-none" />
      <span>{children}</span>
    </p>
  );
}
