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
