import { statusWord } from "#components/meeting/parts/person-words.ts";
import { Pill, type Tone } from "#components/ui/pill.tsx";
import type { PersonView } from "#domain/meeting/person-view.ts";

const TONES: Record<PersonView["status"], Tone> = {
  present: "present",
  waiting: "waiting",
  left: "plain",
  not_admitted: "lost",
  not_known: "plain",
};

export function PersonStatusPill({ person }: { person: PersonView }) {
  if (person.isNoteTaker) return <Pill tone="plain">Note-taker</Pill>;
  return <Pill tone={TONES[person.status]}>{statusWord(person.status)}</Pill>;
}
