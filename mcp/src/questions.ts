import type { Schemas } from "#client/src/api-types.ts";
import { type MeetingsAsked, meetingsIn, named, roomNamed } from "./meetings.ts";
import { NotAnswered, type Reading } from "./reading.ts";

/* The questions that people ask, answered from what the API says. No number is reckoned here. */

/** Who is in a meeting now. */
export async function whoIsIn(reading: Reading, { room }: { room?: string | undefined }) {
  const asked = { status: "live" as const, room };
  const { meetings, areThereMore } = await meetingsIn(reading, asked);
  return {
    as_of: meetings[0]?.as_of ?? null,
    there_are_more_meetings: areThereMore,
    meetings: meetings.map((meeting) => ({
      ...named(meeting),
      present_count: meeting.present_count,
      waiting_count: meeting.waiting_count,
      present: meeting.people
        .filter(({ status }) => status === "present")
        .map(({ name, is_host, first_joined_at }) => ({ name, is_host, since: first_joined_at })),
      not_heard_of_since: meeting.people
        .filter(({ status }) => status === "not_known")
        .map(({ name, last_left_at }) => ({ name, last_left_at })),
    })),
  };
}

/** Who waits to be let in now, the longest wait first. */
export async function whoWaits(reading: Reading, { room }: { room?: string | undefined }) {
  const query = { outcome: "waiting", room, limit: 200 };
  const { results, next, as_of } = await reading.get("/waits", { query });
  return {
    as_of,
    there_are_more: next !== null,
    waiting: results.toSorted((one, other) => other.duration_ms - one.duration_ms),
  };
}

/** Who attended meetings, and for how long. */
export async function whoAttended(reading: Reading, asked: MeetingsAsked) {
  const { meetings, areThereMore } = await meetingsIn(reading, asked);
  return {
    there_are_more_meetings: areThereMore,
    meetings: meetings.map((meeting) => ({
      ...named(meeting),
      people: meeting.people.map(attendanceOf),
      note_takers: meeting.note_takers.map(({ name }) => name),
    })),
  };
}

function attendanceOf(person: Schemas.PersonInMeeting) {
  const { name, status, is_host, attended_ms, attended_is, unknown_ms } = person;
  const { first_joined_at, first_joined_is, last_left_at, last_left_is } = person;
  return {
    ...{ name, status, is_host, attended_ms, attended_is, unknown_ms },
    ...{ first_joined_at, first_joined_is, last_left_at, last_left_is },
  };
}

/** Who was late in a room, by its own thresholds. */
export async function whoWasLate(
  reading: Reading,
  { room, ...days }: { room: string; from?: string | undefined; to?: string | undefined },
) {
  const { id } = await roomNamed(reading, room);
  const register = await reading.get("/rooms/{id}/register", { path: { id }, query: days });
  const { from, to, thresholds, people, left_out, meetings_count } = register;
  const late = people.flatMap(({ name, cells }) =>
    cells.flatMap((cell) =>
      cell.state === "late" || cell.state === "late_and_left_early" ? [{ name, ...cell }] : [],
    ),
  );
  return {
    room: register.room,
    ...{ from, to, meetings_count, left_out, thresholds },
    meetings: register.meetings
      .filter(({ late_count }) => late_count > 0)
      .map((meeting) => ({
        id: meeting.id,
        started_at: meeting.started_at,
        late_from: meeting.late_from,
        late_from_by: meeting.late_from_by,
        late: late.filter(({ meeting_id }) => meeting_id === meeting.id),
      })),
  };
}

const FORMULAS = {
  attended_ms:
    "The union of a person's visits after gaps shorter than the grace are closed. Waiting is no part of it. A visit whose end nobody reported counts until the connection was last heard of; unknown_ms is how much longer it can have been.",
  present_count:
    "People whose last visit is open and of whom nothing shows that they left. Note-takers are in no number.",
  duration_ms:
    "From the knock to the join that ended the wait, or until whoever waited left. One join admits one wait.",
  people_lost_count:
    "People with a wait that they left, and who did not come in later that day, each once.",
};

const MOST_EVENTS = 200;

/** What the numbers of a meeting, or of one person in it, follow from: the formulas, the intervals and the events. */
export async function whyThisNumber(
  reading: Reading,
  { meeting: id, person }: { meeting: string; person?: string | undefined },
) {
  const path = { id };
  const [meeting, events] = await Promise.all([
    reading.get("/meetings/{id}", { path }),
    reading.get("/meetings/{id}/events", { path, query: { limit: MOST_EVENTS } }),
  ]);
  const people = person === undefined ? [] : peopleCalled(meeting, person);
  const ids = new Set(people.map((one) => one.id));
  const isAbout = (one: string | null) => person === undefined || (one !== null && ids.has(one));
  const { present_count, waiting_count, people_count, people_lost_count, peak } = meeting;
  return {
    meeting: named(meeting),
    as_of: meeting.as_of,
    numbers: { present_count, waiting_count, people_count, people_lost_count, peak },
    formulas: FORMULAS,
    people: people.map((one) => ({
      ...attendanceOf(one),
      visits: one.visits,
      attended: one.attended,
    })),
    waits: meeting.waits.filter((wait) => isAbout(wait.person_id)),
    hosts: meeting.hosts.filter((host) => isAbout(host.person_id)),
    events: events.results.filter((event) => isAbout(event.person_id)),
    there_are_more_events: events.next !== null,
  };
}

function peopleCalled({ people, note_takers }: Schemas.Meeting, person: string) {
  const folded = person.toLowerCase();
  const all = [...people, ...note_takers];
  const exact = all.filter(({ id, name, user_id }) =>
    [id, name, user_id].some((one) => one?.toLowerCase() === folded),
  );
  const found =
    exact.length > 0 ? exact : all.filter(({ name }) => name?.toLowerCase().includes(folded));
  if (found.length > 0) return found;
  throw new NotAnswered(`Nobody in this meeting is called ${person}.`);
}

/** Meetings, rooms and people by words in their names. */
export async function find(
  reading: Reading,
  { words, from, to }: { words: string; from?: string | undefined; to?: string | undefined },
) {
  const query = { q: words, from, to, limit: 10 };
  const [meetings, rooms, people] = await Promise.all([
    reading.get("/meetings", { query }),
    reading.get("/rooms", { query: { ...query, from: from ?? "1970-01-01" } }),
    reading.get("/people", { query: { q: words, limit: 10 } }),
  ]);
  return { meetings: meetings.results, rooms: rooms.results, people: people.results };
}
