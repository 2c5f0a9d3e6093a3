import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";

export type SortOrder = "asc" | "desc";

/** Where a list can be narrowed to. */
export type NarrowedBy = "source" | "room";

/** A source or a room that a list can be narrowed to. */
export interface Choices {
  sources: WireSource[];
  /** The newest ones. */
  rooms: { key: string; title: string | null }[];
  /** What a list is asked to be narrowed to that does not exist, or not any more. */
  gone: readonly NarrowedBy[];
}

/** What every list over the past can be narrowed to, besides its days. */
export interface Narrowed {
  source: string | null;
  room: string | null;
  q: string | null;
  minDurationMs: Ms | null;
}
