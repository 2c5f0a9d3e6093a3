/** What of the installation somebody may see. What lies outside does not exist for them: it is 404 and in no count. */
export interface Sight {
  /** Ids of sources; `null` for all, also those to come. */
  sources: readonly string[] | null;
  /** Patterns of rooms, of which one must fit the room's key or title, `*` for any text; `null` for all rooms. */
  rooms: readonly string[] | null;
  /** Whether names are shown as initials. */
  masked: boolean;
}

/** Everything, with names. */
export const WHOLE_SIGHT: Sight = { sources: null, rooms: null, masked: false };

/** At most so many patterns, of so many characters each, limit one sight. */
export const MOST_PATTERNS = 100;
export const PATTERN_LENGTH = 300;

/** A room as a sight looks at it. */
export interface RoomSeen {
  sourceId: string;
  key: string;
  title: string | null;
}

/** Whether rooms lie outside of a sight, or could. */
export function isLimited({ sources, rooms }: Pick<Sight, "sources" | "rooms">): boolean {
  return sources !== null || rooms !== null;
}

/** Whether somebody sees everything with its names: then nothing has to be looked at. */
export function isWhole(sight: Sight): boolean {
  return !sight.masked && !isLimited(sight);
}

/** Whether a room is in a sight: its source is, and a pattern fits its key or its title. */
export function seesRoom(
  { sources, rooms }: Pick<Sight, "sources" | "rooms">,
  { sourceId, key, title }: RoomSeen,
): boolean {
  if (sources !== null && !sources.includes(sourceId)) return false;
  if (rooms === null) return true;
  return rooms.some((pattern) => fits(pattern, key) || (title !== null && fits(pattern, title)));
}

/** A room, and whether its series is itself or all rooms of its source with its title. */
type InSeries = RoomSeen & { seriesBy: "title" | "room" };

/**
 * Whether the whole series of a room is in a sight, also the rooms of it that are still to come: of a series by its
 * title a pattern has to fit that, because the keys of the others are anything.
 */
export function seesSeries(
  sight: Pick<Sight, "sources" | "rooms">,
  { sourceId, key, title, seriesBy }: InSeries,
): boolean {
  return seesRoom(
    sight,
    seriesBy === "title" && title !== null
      ? { sourceId, key: title, title }
      : { sourceId, key, title },
  );
}

/** Whether a pattern fits the whole of a text, letter by letter: `*` stands for any text, also for none. */
export function fits(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** The pattern as `like` of SQL has it, in which only `%` stands for any text. */
export function likePattern(pattern: string): string {
  return pattern.replaceAll(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}

/** One text for all sights that see the same in the same way. */
export function sightKey({ sources, rooms, masked }: Sight): string {
  const inOrder = (all: readonly string[] | null) => all && [...new Set(all)].toSorted();
  return JSON.stringify([inOrder(sources), inOrder(rooms), masked]);
}
