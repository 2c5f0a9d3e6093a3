import type { Schemas } from "#client/src/api-types.ts";
import { NotAnswered, type Reading } from "./reading.ts";

/** So many meetings are looked at for one question. */
const MOST_MEETINGS = 20;

export interface MeetingsAsked {
  /** A meeting by its id; else those that the others leave. */
  meeting?: string | undefined;
  room?: string | undefined;
  person?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  status?: "waiting" | "live" | "ended" | undefined;
}

/** Meetings whole, newest first, and how many more there are: `null` for some. */
export async function meetingsIn(
  reading: Reading,
  { meeting, ...query }: MeetingsAsked,
): Promise<{ meetings: Schemas.Meeting[]; areThereMore: boolean }> {
  if (meeting !== undefined) {
    const one = await reading.get("/meetings/{id}", { path: { id: meeting } });
    return { meetings: [one], areThereMore: false };
  }
  const { results, next } = await reading.get("/meetings", {
    query: { ...query, limit: MOST_MEETINGS },
  });
  const meetings = await Promise.all(
    results.map(({ id }) => reading.get("/meetings/{id}", { path: { id } })),
  );
  return { meetings, areThereMore: next !== null };
}

/** How a meeting is named in an answer. */
export function named({ id, room, title, source, status, started_at, ended_at }: Schemas.Meeting) {
  return { id, room, title, source: source.name, status, started_at, ended_at };
}

/** The room with that id, key or title. Throws where there is none, or several. */
export async function roomNamed(reading: Reading, name: string): Promise<Schemas.Room> {
  const { results } = await reading.get("/rooms", {
    query: { q: name, from: "1970-01-01", limit: 200 },
  });
  const folded = name.toLowerCase();
  const exact = results.filter(({ id, room, title }) =>
    [id, room, title].some((one) => one?.toLowerCase() === folded),
  );
  const found = exact.length > 0 ? exact : results;
  const [only, ...others] = found;
  if (only === undefined) throw new NotAnswered(`There is no room ${name}.`);
  if (others.length === 0) return only;
  const choices = found.slice(0, 10).map(({ id, room, title }) => `${title ?? room} (${id})`);
  throw new NotAnswered(
    `Several rooms fit ${name}: ${choices.join(", ")}. Ask by one of these ids.`,
  );
}
