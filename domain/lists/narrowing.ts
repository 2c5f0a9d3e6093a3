import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";

export type SortOrder = "asc" | "desc";

/** The kinds of filter that a list has. */
export type NarrowedBy = "source" | "room";

/** The sources and rooms that a list can be filtered by. */
export interface Choices {
  sources: WireSource[];
  /** The newest ones. */
  rooms: { key: string; title: string | null }[];
  /** Filters whose source or room does not exist, or not any more. */
  gone: readonly NarrowedBy[];
}

/** The filters of every list over the past, besides its days. */
export interface Narrowed {
  source: string | null;
  room: string | null;
  q: string | null;
  minDurationMs: Ms | null;
}
