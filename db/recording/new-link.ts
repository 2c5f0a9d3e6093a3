import type { PersonPair } from "#domain/people/joined.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An operator's correction that two people are one. */
export interface NewLink extends PersonPair {
  id: string;
  by: string;
  at: Ms;
}
