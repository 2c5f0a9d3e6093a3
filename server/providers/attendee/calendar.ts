import { z } from "zod";
import { placeOf } from "#domain/meeting/same-place.ts";
import type { CalendarEvent, Invited } from "#domain/scheduled/calendar/calendar-event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { CalendarAsking, CalendarFind } from "#server/providers/contract/contract.ts";
import { listed } from "./pages.ts";

/*
 * Attendee keeps copies of its users' calendars, from a day ago to four weeks ahead: one event for each calendar that
 * has it. It gives out what Google or Microsoft said of it as `raw`, of which only is read who organizes it, who
 * declined, and which occurrence it is.
 */

const DAY_MS: Ms = 86_400_000;
/** What was changed at the moment of the last reading may not have been in it. */
const OVERLAP_MS: Ms = 60_000;

const text = z.string().nullish().catch(null);
const address = z.looseObject({ address: text, name: text }).nullish().catch(null);
const person = z.looseObject({
  ...{ email: text, displayName: text, responseStatus: text, type: text },
  ...{ organizer: z.boolean().nullish().catch(null), resource: z.boolean().nullish().catch(null) },
  emailAddress: address,
  status: z.looseObject({ response: text }).nullish().catch(null),
});
const raw = z
  .looseObject({
    attendees: z.array(person).nullish().catch(null),
    organizer: person.nullish().catch(null),
    originalStartTime: z.looseObject({ dateTime: text, date: text }).nullish().catch(null),
  })
  .nullish()
  .catch(null);

const moment = z.string().transform((given, context) => {
  const at = Date.parse(given);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: "custom", message: "is no moment" });
  return z.NEVER;
});

const shape = z.object({
  id: z.string().min(1),
  name: text,
  meeting_url: text,
  ical_uid: text,
  start_time: moment,
  end_time: moment,
  is_deleted: z.boolean().catch(false),
  attendees: z
    .array(z.looseObject({ email: text, name: text }))
    .nullish()
    .catch(null),
  raw,
  updated_at: moment,
});
type Listed = z.infer<typeof shape>;
type RawPerson = z.infer<typeof person>;

/** What the calendars that Attendee knows of have. */
export async function* calendar({ api, place, now }: CalendarAsking): AsyncGenerator<CalendarFind> {
  const iso = (at: Ms) => encodeURIComponent(new Date(at).toISOString());
  // Versions that know no such narrowing tell everything.
  const path =
    place === null
      ? `/calendar_events?start_time_gte=${iso(now - DAY_MS)}`
      : `/calendar_events?updated_after=${encodeURIComponent(place)}`;
  let latest: Ms | null = null;
  for await (const one of listed(api, path, z.unknown())) {
    const { data } = shape.safeParse(one);
    if (data === undefined) continue;
    latest = Math.max(latest ?? 0, data.updated_at);
    yield { event: eventOf(data) };
  }
  if (latest !== null) yield { place: new Date(latest - OVERLAP_MS).toISOString() };
}

function eventOf(listedEvent: Listed): CalendarEvent {
  const { id, ical_uid, raw: said, meeting_url, name } = listedEvent;
  const { dateTime = null, date = null } = said?.originalStartTime ?? {};
  // Of a repeated one each time has the same id in the standard's own words, and keeps when it was to be at first.
  const occurrence = dateTime ?? date;
  return {
    key: id,
    meeting: ical_uid ? [ical_uid, occurrence].filter(Boolean).join(" ") : id,
    name: name?.trim() || null,
    place: meeting_url ? placeOf(meeting_url) : null,
    ...{ startsAt: listedEvent.start_time, endsAt: listedEvent.end_time },
    invited: invitedTo(listedEvent),
    isCancelled: listedEvent.is_deleted,
    changedAt: listedEvent.updated_at,
  };
}

/** Whom it invites: the organizer hosts; who declined is not expected, and rooms and equipment are nobody. */
function invitedTo({ attendees, raw: said }: Listed): Invited[] {
  const known = new Map((said?.attendees ?? []).map((one) => [mailOf(one), one]));
  const organizer = said?.organizer ?? null;
  const organizerMail = organizer && mailOf(organizer);
  const invited = (attendees ?? []).flatMap(({ email, name }): Invited[] => {
    const own = known.get(email?.toLowerCase() ?? "");
    const isHost = own?.organizer === true || (email ?? "").toLowerCase() === organizerMail;
    if (own !== undefined && (isThing(own) || (hasDeclined(own) && !isHost))) return [];
    return [{ name: name ?? null, email: email ?? null, role: isHost ? "host" : "guest" }];
  });
  // Microsoft lists the organizer apart.
  if (organizer?.emailAddress != null && !invited.some(({ role }) => role === "host")) {
    const { name, address: mail } = organizer.emailAddress;
    invited.unshift({ name: name ?? null, email: mail ?? null, role: "host" });
  }
  return invited;
}

function mailOf({ email, emailAddress }: RawPerson): string {
  return (email ?? emailAddress?.address ?? "").toLowerCase();
}

function isThing({ resource, type }: RawPerson): boolean {
  return resource === true || type === "resource";
}

function hasDeclined({ responseStatus, status }: RawPerson): boolean {
  return responseStatus === "declined" || status?.response === "declined";
}
