import { Circle, CircleCheck } from "lucide-react";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";

interface Item {
  what: string;
  /** What it shows, or what to do for it. */
  why: string;
  at: WireTime | null;
}

/** What has to come of a new source: each line ticks by itself as it comes. */
export function Checklist({
  source,
  provider,
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
}) {
  const clockFormat = useTodaysClockFormat();
  const items = itemsOf(source, provider);
  return (
    <ol aria-label="Checklist" aria-live="polite" className="grid gap-2 text-dense">
      {items.map(({ what, why, at }) => (
        <li key={what} className="flex items-start gap-2.5">
          {at === null ? (
            <Circle aria-hidden className="mt-0.5 size-4 flex-none text-ink-3" />
          ) : (
            <CircleCheck aria-hidden className="mt-0.5 size-4 flex-none text-present-ink" />
          )}
          <div className="min-w-0">
            <p className={at === null ? "text-ink-2" : "font-firm"}>
              {what}
              <span className="sr-only">{at === null ? ": not yet" : ": done"}</span>
              {at !== null && (
                <span className="num ml-2 font-normal text-ink-3 text-note">
                  {clockFormat.second(fromWireTime(at))}
                </span>
              )}
            </p>
            {at === null && <p className="text-note text-ink-3">{why}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function itemsOf({ first }: OpenedSource, { title, pings }: ConnectedProvider): Item[] {
  const { ping_at, delivery_at, join_at, leave_at } = first;
  return [
    ...(pings
      ? [
          {
            what: `${title} asked whether somebody listens here`,
            why: "It does so the moment the webhook is made: so the address is right, and reached from outside.",
            // What was delivered was sent to the right address, too.
            at: ping_at ?? delivery_at,
          },
        ]
      : []),
    {
      what: "The first webhook came",
      why: "It is signed with the secret of this source, or it would have been refused.",
      at: delivery_at,
    },
    {
      what: "Somebody joined",
      why: "Join a meeting yourself: it is on the live page at once.",
      at: join_at,
    },
    {
      what: "Somebody left",
      why: "Leave it again: without this, nobody's time would ever end.",
      at: leave_at,
    },
  ];
}
