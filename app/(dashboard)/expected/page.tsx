import { Answered, askedOf } from "#app/answered.tsx";
import { OffersCard } from "#components/scheduled/calendar/offers-card.tsx";
import { ScheduledListScreen } from "#components/scheduled/scheduled-list-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readOffers } from "#server/scheduled/calendar/page.ts";
import { readExpectedPage } from "#server/scheduled/pages.ts";

export default async function Expected({ searchParams }: PageProps<"/expected">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readExpectedPage(asked));
  const offers = page.show === "past" ? null : shown(await readOffers(page.narrowed.source));
  return (
    <Answered asked={asked}>
      <ScheduledListScreen
        page={page}
        offers={offers && <OffersCard offers={offers} timeZone={page.period.timeZone} />}
      />
    </Answered>
  );
}
