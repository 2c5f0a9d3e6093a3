import { DemoMark } from "#components/ui/demo-mark.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import type { KnownAs, PersonMet } from "#domain/people/people.ts";
import { isGuest } from "#domain/people/people.ts";

/** Marks a person of whom nothing but the name is known. */
export function GuestMark({ person }: { person: Pick<PersonMet, "knownAs"> }) {
  if (!isGuest(person)) return null;
  return (
    <Pill tone="plain" className="ml-1.5 flex-none">
      guest
    </Pill>
  );
}

/** One identity of a person in a line: its provider, and its user id or source. */
export function KnownLine({ known }: { known: KnownAs }) {
  return (
    <span className="flex min-w-0 gap-1">
      <span className="flex-none">
        {known.source.provider}
        <DemoMark source={known.source} /> ·
      </span>
      <bdi className="truncate" title={known.userId ?? known.source.name}>
        {known.userId ?? known.source.name}
      </bdi>
    </span>
  );
}

/** The same behind a name: `Ada (daily, ada-1)`. */
export function NameKnown({ known }: { known: KnownAs }) {
  return (
    <>
      <bdi className="font-[540]">{nameOf(known.name)}</bdi> ({known.source.provider}
      <DemoMark source={known.source} />, {known.knownBy === "name" ? "guest" : known.userId})
    </>
  );
}

/** A person's name, or their user id where they have none. */
export function calledOf({ name, knownAs }: Pick<PersonMet, "name" | "knownAs">): string | null {
  return name ?? knownAs.find(({ userId }) => userId !== null)?.userId ?? null;
}
