"use client";

import { Button } from "#components/ui/button.tsx";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import type { PersonShown } from "./person-shown.ts";

const details = new LazyPart(() =>
  import("./person-details.tsx").then((read) => read.PersonDetails),
);

/** A person's details. Most readers choose no person, so the script is loaded with the first choice. */
export function DetailsLater(shown: PersonShown) {
  const { value: Details, failed } = useLazyPart(details, true);
  if (Details !== null) return <Details {...shown} />;
  if (!failed) return <div aria-busy className="min-h-80" />;
  return (
    <p role="alert" className="mt-3 text-dense text-ink-2">
      The details could not be read.{" "}
      <Button look="within" onClick={() => void details.want()}>
        Try again
      </Button>
    </p>
  );
}
