"use client";

import { ButtonLink } from "#components/ui/button.tsx";
import type { PassedOver } from "#domain/lists/asked.ts";
import { LinkNotice } from "./link-notice.tsx";
import { useAddress } from "./use-address.ts";

/** Lists above a page what its address asks for that could not be answered, and what is shown instead. */
export function PassedOverNotice({ passed }: { passed: readonly PassedOver[] }) {
  const address = useAddress();
  const without = Object.fromEntries(passed.map(({ name }) => [name, null]));
  return (
    <LinkNotice
      way={
        <ButtonLink href={address.href(without)} replace scroll={false}>
          Show without {passed.length === 1 ? "it" : "them"}
        </ButtonLink>
      }
    >
      <ul>
        {passed.map((one) => (
          <li key={one.name}>
            <Sentence of={one} /> {one.instead}
          </li>
        ))}
      </ul>
    </LinkNotice>
  );
}

function Sentence({ of: { name, why } }: { of: PassedOver }) {
  switch (why.kind) {
    case "unknown":
      return (
        <>
          This page does not know <Quoted text={name} />
          {why.meant === null ? (
            "."
          ) : (
            <>
              ; did you mean <Quoted text={why.meant} />?
            </>
          )}
        </>
      );
    case "unreadable":
      return (
        <>
          This link asks for <Quoted text={`${name}=${why.value}`} />, which cannot be read.
        </>
      );
    case "repeated":
      return (
        <>
          This link says <Quoted text={name} /> several times.
        </>
      );
    default:
      return why satisfies never;
  }
}

function Quoted({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="font-strong text-ink">
      {text}
    </bdi>
  );
}
