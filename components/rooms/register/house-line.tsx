"use client";

import { limitWords } from "#components/desk/groups/group-words.ts";
import { openingWords } from "#components/desk/opening-words.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Link } from "#components/ui/link.tsx";
import { May } from "#components/viewer/may.tsx";
import { openness } from "#domain/desk/groups/house-rules.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";

/** The groups of a room, whether it is open, and when a wait in it is late; and where that is set. */
export function HouseLine({ page: { room, house } }: { page: RegisterPage }) {
  const now = useNow(10_000);
  const face = useTodaysClockFormat();
  const own = new URLSearchParams({ room: room.key, source: room.source.id });
  const words =
    house === null
      ? ["In no group: always open, and a wait is late by the target of whoever looks"]
      : [
          `In ${house.groups.join(", ")}`,
          openingWords(house, now, face) ?? (openness(house, now).isOpen ? "open" : "closed"),
          ...(house.limits === null ? [] : [limitWords(house.limits)]),
        ];
  return (
    <p className="num mt-1.5 wrap-anywhere text-dense text-ink-2 print:hidden">
      {words.join(" · ")}
      <May access="write" needs="everything">
        {" · "}
        <Link href={`/today/groups?${own}`} className="underline underline-offset-2 hover:text-ink">
          Hours and limits of its own
        </Link>
      </May>
    </p>
  );
}
