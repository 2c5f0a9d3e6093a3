"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import type { PersonShown } from "./person-details.tsx";

const details = new LazyPart(() =>
  import("./person-details.tsx").then((read) => read.PersonDetails),
);

/** What adds up to somebody's time. Most who look at a meeting choose nobody, so it comes with the first. */
export function DetailsLater(shown: PersonShown) {
  const { value: Details, failed } = useLazyPart(details, true);
  if (Details !== null) return <Details {...shown} />;
  if (!failed) return <div aria-busy className="min-h-80" />;
  return (
    <p role="alert" className="mt-3 text-[13px] text-ink-2">
      The details could not be read.{" "}
      <button type="button" className="underline" onClick={() => void details.want()}>
        Try again
      </button>
    </p>
  );
}
