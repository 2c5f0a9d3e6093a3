"use client";

import { Undo2 } from "lucide-react";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import { NameWithIdentity } from "#components/people/known-as.tsx";
import { usePersonCorrections } from "#components/people/use-person-corrections.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { May } from "#components/viewer/may.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { userIdName } from "#components/words/user-id-words.ts";
import type { KnownAs } from "#domain/people/people.ts";
import type { LinkRow, PersonPage } from "#domain/people/person.ts";

/** The person's identities, the names they had and when, and the corrections of who they are. */
export function Identities({ page, face }: { page: PersonPage; face: ClockFormat }) {
  const { person, linked } = page;
  const identities = new Map([...person.knownAs, ...linked].map((one) => [one.id, one]));
  return (
    <Card title="Known as">
      <ul className="divide-y divide-line">
        {person.knownAs.map((own) => {
          const names = person.aliases.filter(({ identity }) => identity === own.id);
          return (
            <li key={own.id} className="px-4 py-2.5 text-dense sm:px-4.5">
              <p className="num wrap-anywhere">
                <span className="text-ink-2">
                  {own.source.provider}
                  <DemoMark source={own.source} /> · <bdi>{own.source.name}</bdi> ·{" "}
                  {own.userId === null ? "guest, by name" : `${userIdName(own.userId)} `}
                </span>
                {own.userId !== null && <bdi className="font-firm">{own.userId}</bdi>}
              </p>
              <ul className="num mt-1 grid gap-0.5 text-ink-2">
                {names.map((alias) => (
                  <li key={alias.name} className="wrap-anywhere">
                    <bdi className="text-ink">{alias.name}</bdi> · {face.calendarDay(alias.firstAt)}
                    {face.calendarDay(alias.lastAt) !== face.calendarDay(alias.firstAt) &&
                      ` – ${face.calendarDay(alias.lastAt)}`}{" "}
                    · {counted(alias.meetings, "meeting", "meetings")}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
      {person.links.length > 0 && (
        <Links links={person.links} identities={identities} face={face} />
      )}
    </Card>
  );
}

function Links({
  links,
  identities,
  face,
}: {
  links: readonly LinkRow[];
  identities: ReadonlyMap<string, KnownAs>;
  face: ClockFormat;
}) {
  const { submit, underWay, error, waiting, operator, sign, cancel } = usePersonCorrections();
  return (
    <div className="border-line border-t px-4 py-2.5 text-dense sm:px-4.5">
      <ul aria-label="Joined by hand" className="grid gap-1.5">
        {links.map((link) => (
          <li key={link.id} className="flex flex-wrap items-start gap-x-3">
            <p className="num wrap-anywhere min-w-0 flex-1 basis-64 text-ink-2">
              <Called identity={identities.get(link.one)} /> and{" "}
              <Called identity={identities.get(link.other)} /> joined by{" "}
              <bdi className="font-firm text-ink">{link.by}</bdi> on {face.calendarDay(link.at)},{" "}
              {face.minute(link.at)}
              {link.undoneAt !== null && (
                <>
                  {" "}
                  · undone by <bdi className="font-firm text-ink">{link.undoneBy}</bdi> on{" "}
                  {face.calendarDay(link.undoneAt)}, {face.minute(link.undoneAt)}
                </>
              )}
            </p>
            {link.undoneAt === null && (
              <May access="write">
                <Button
                  disabled={underWay !== null}
                  onClick={() => submit({ key: link.id, kind: "part", link: link.id })}
                  look="words"
                  className="flex flex-none items-center gap-1 text-ink-2 print:hidden"
                >
                  <Undo2 aria-hidden className="size-3" />
                  {underWay === link.id ? "Saving…" : "Undo"}
                </Button>
              </May>
            )}
          </li>
        ))}
      </ul>
      {error !== null && (
        <p role="alert" className="mt-2 text-lost-ink">
          This was not saved. {error.message}
        </p>
      )}
      <OperatorDialog open={waiting !== null} name={operator} onName={sign} onClose={cancel} />
    </div>
  );
}

function Called({ identity }: { identity: KnownAs | undefined }) {
  return identity === undefined ? "somebody" : <NameWithIdentity identity={identity} />;
}
