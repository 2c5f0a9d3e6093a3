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
export function IdentityLine({ identity }: { identity: KnownAs }) {
  return (
    <span className="flex min-w-0 gap-1">
      <span className="flex-none">
        {identity.source.provider}
        <DemoMark source={identity.source} /> ·
      </span>
      <bdi className="truncate" title={identity.userId ?? identity.source.name}>
        {identity.userId ?? identity.source.name}
      </bdi>
    </span>
  );
}

/** The same behind a name: `Ada (daily, ada-1)`. */
export function NameWithIdentity({ identity }: { identity: KnownAs }) {
  return (
    <>
      <bdi className="font-firm">{nameOf(identity.name)}</bdi> ({identity.source.provider}
      <DemoMark source={identity.source} />,{" "}
      {identity.knownBy === "name" ? "guest" : identity.userId})
    </>
  );
}

/** A person's name, or their user id where they have none. */
export function displayName({ name, knownAs }: Pick<PersonMet, "name" | "knownAs">): string | null {
  return name ?? knownAs.find(({ userId }) => userId !== null)?.userId ?? null;
}
