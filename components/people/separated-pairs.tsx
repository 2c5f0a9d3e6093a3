"use client";

import { Undo2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { Apart, KnownAs } from "#domain/people/people.ts";
import { NameWithIdentity } from "./known-as.tsx";
import { PairsFrame } from "./pairs-frame.tsx";
import { usePersonCorrections } from "./use-person-corrections.ts";

/** Pairs that an operator stated are not the same person, each with a way to undo that for those who may. */
export function SeparatedPairs({
  pairs,
  isMore = false,
  timeZone,
}: {
  pairs: readonly Apart[];
  isMore?: boolean;
  timeZone: string;
}) {
  const links = usePersonCorrections();
  const face = ClockFormat.in(timeZone);
  if (pairs.length === 0) return null;
  return (
    <PairsFrame
      title={
        <>
          {isMore && "The latest "}
          {counted(pairs.length, "pair", "pairs")} said to be not the same
        </>
      }
      links={links}
    >
      {pairs.map(({ id, one, other, by, at }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-line border-t pt-2"
        >
          <p className="num wrap-anywhere min-w-0 flex-1 basis-64 text-ink-2">
            <Side identity={one} /> is not <Side identity={other} />, said{" "}
            <bdi className="font-firm text-ink">{by}</bdi> on {face.calendarDay(at)},{" "}
            {face.minute(at)}
          </p>
          <May access="write">
            <Button
              disabled={links.underWay !== null}
              onClick={() => links.submit({ key: id, kind: "not_apart", apart: id })}
              look="words"
              className="flex flex-none items-center gap-1 text-ink-2"
            >
              <Undo2 aria-hidden className="size-3" />
              {links.underWay === id ? "Saving…" : "Undo"}
            </Button>
          </May>
        </li>
      ))}
    </PairsFrame>
  );
}

function Side({ identity }: { identity: KnownAs | null }) {
  if (identity === null) return <>somebody</>;
  return (
    <Link href={`/people/${identity.id}`} className="text-ink hover:underline">
      <NameWithIdentity identity={identity} />
    </Link>
  );
}
