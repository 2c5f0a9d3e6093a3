import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Announced } from "./use-revisions.ts";

export interface Announcements {
  announced: readonly Announced[];
  people: readonly PersonView[];
  onChoose: (personId: string) => void;
  onDismiss: () => void;
}
