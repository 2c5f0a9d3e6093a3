import type { Ms } from "#domain/time/ms.ts";

/* What is known of the rooms of a source already, for whoever looks what is missing. */

/** One stay of a connection, as it is known. */
export interface KnownStay {
  participantId: string;
  joinedAt: Ms;
  leftAt: Ms | null;
  /** Somebody told when it ended; else that was concluded, or it goes on. */
  isEndTold: boolean;
  /** Whether the person is a host by what was told last; `null` where nobody said. */
  isHost: boolean | null;
}

/** A room in which something went on lately, or still does. */
export interface KnownRoom {
  /** Its key, as the provider names it. */
  room: string;
  isGoingOn: boolean;
  /** Where it is held is known. */
  isPlaced: boolean;
  /** When its first meeting among these began. */
  since: Ms;
  /** The provider's own meetings there, whose start was told, and whose end was. */
  started: readonly string[];
  ended: readonly string[];
  stays: readonly KnownStay[];
}
