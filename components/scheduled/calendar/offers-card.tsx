"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { hoursWords } from "#components/scheduled/words.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import { agoWords } from "#components/words/ago-words.ts";
import { counted, totalled } from "#components/words/count.ts";
import type {
  CalendarOffer,
  CalendarState,
  Offers,
} from "#domain/scheduled/calendar/calendar-event.ts";
import { CATCH_UP_WORDS } from "#domain/sources/catching-up/catch-up-words.ts";

const MOST_NAMES = 4;

type Ask = (part: "take" | "leave-out", ids: readonly string[], more?: object) => void;

/** What calendars have that is not expected yet, to be taken or left out. Nothing where no calendar has anything. */
export function OffersCard({ offers, timeZone }: { offers: Offers; timeZone: string }) {
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ part, body }: { part: string; body: object }) =>
      tellApi(`/calendar-events/${part}`, { method: "POST", body }),
    onSuccess: () => router.refresh(),
  });
  const { offered, offeredTotal, leftOut, calendars } = offers;
  if (calendars.length === 0) return null;
  const ask: Ask = (part, ids, more = {}) =>
    mutate({ part, body: { ids, ...more, ...(by !== null && { by }) } });
  const ids = offered.map(({ id }) => id);
  return (
    <Card
      title="From calendars"
      className="mb-4.5"
      note={offeredTotal === 0 ? "nothing new" : totalled(offeredTotal, "meeting", "meetings")}
      aside={
        offered.length > 1 && (
          <May access="write">
            <Button
              look="small"
              className="text-dense"
              disabled={isPending}
              onClick={() => ask("take", ids)}
            >
              Expect {offeredTotal === offered.length ? "all" : "these"}
            </Button>
          </May>
        )
      }
    >
      <ul className="divide-y divide-line">
        {offered.map((offer) => (
          <OfferRow key={offer.id} offer={offer} {...{ timeZone, ask, isPending }} />
        ))}
      </ul>
      <div className="grid gap-1.5 px-4 py-2.5 text-note text-ink-3 *:min-w-0 sm:px-4.5">
        {error !== null && !isPending && (
          <p role="alert" className="wrap-anywhere text-lost-ink">
            {error.message}
          </p>
        )}
        {calendars.map((one) => (
          <CalendarLine key={one.source.id} calendar={one} />
        ))}
        {leftOut.length > 0 && (
          <details>
            <summary className="cursor-pointer">
              {counted(leftOut.length, "meeting", "meetings")} left out
            </summary>
            <ul className="mt-1.5 divide-y divide-line">
              {leftOut.map((offer) => (
                <OfferRow key={offer.id} offer={offer} {...{ timeZone, ask, isPending }} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

function OfferRow({
  offer,
  timeZone,
  ask,
  isPending,
}: {
  offer: CalendarOffer;
  timeZone: string;
  ask: Ask;
  isPending: boolean;
}) {
  const face = useTodaysClockFormat(timeZone);
  const { id, name, place, source, invited, state, leftOutBy } = offer;
  const shown = invited.slice(0, MOST_NAMES).flatMap((one) => one.name ?? one.email ?? []);
  const more = invited.length - shown.length;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1.5 px-4 py-2 text-dense sm:px-4.5">
      <div className="min-w-52 flex-1">
        <p className="font-strong tracking-name">
          <PersonName name={name ?? place} />
        </p>
        <p className="num text-caption text-ink-3">
          {face.calendarDay(offer.startsAt)}, {hoursWords(offer, face)} · {source.name} ·{" "}
          <bdi className="wrap-anywhere">{place}</bdi>
        </p>
        <p className="wrap-anywhere text-caption text-ink-2">
          {shown.length === 0 ? "Nobody is invited" : shown.join(", ")}
          {more > 0 && ` and ${more} more`}
          {leftOutBy !== null && ` · left out by ${leftOutBy}`}
        </p>
      </div>
      <May access="write">
        <span className="flex gap-2">
          <Button look="small" disabled={isPending} onClick={() => ask("take", [id])}>
            Expect
          </Button>
          {state === "offered" && (
            <Button look="small" disabled={isPending} onClick={() => ask("leave-out", [id])}>
              Leave out
            </Button>
          )}
        </span>
      </May>
    </li>
  );
}

/** When the calendars of a source were last read, and why not since. */
function CalendarLine({
  calendar: { source, takesAll, readAt, problem },
}: {
  calendar: CalendarState;
}) {
  const now = useNow();
  const clock = useTodaysClockFormat();
  const { mutate, isPending, error } = useSourceChange(source.id);
  const next = takesAll ? "Take only what is chosen" : "Expect what is new by itself";
  return (
    <p className={problem === null ? undefined : "text-lost-ink"}>
      {source.name}: {readAt === null ? "not read yet" : `read ${agoWords(readAt, now, clock)}`}
      {problem !== null && `, and since then it ${CATCH_UP_WORDS[problem].why}`}.{" "}
      {takesAll
        ? "What is new there is expected by itself."
        : "What is taken follows the calendar, but for what is changed here by hand."}{" "}
      <May access="manage" needs="everything">
        <Button
          look="small"
          disabled={isPending}
          aria-label={`${next}: ${source.name}`}
          onClick={() => mutate({ method: "PATCH", body: { takes_calendar: !takesAll } })}
        >
          {next}
        </Button>
      </May>
      {error !== null && !isPending && (
        <span role="alert" className="wrap-anywhere text-lost-ink">
          {" "}
          {error.message}
        </span>
      )}
    </p>
  );
}
