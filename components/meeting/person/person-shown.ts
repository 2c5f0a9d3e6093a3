import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";

/** The chosen person, in their meeting. */
export interface PersonShown {
  person: PersonView;
  view: MeetingView;
  facts: MeetingFacts;
  /** The connection by which the person stays chosen when they are joined or parted. */
  anchor: string;
  /** Follows another connection instead. */
  onFollow: (participantId: string) => void;
}
