import { statusWord } from "#components/meeting/person-words.ts";
import { Pill, type Tone } from "#components/ui/pill.tsx";
import type { PersonStory } from "#domain/story.ts";

const TONES: Record<PersonStory["status"], Tone> = {
  present: "present",
  waiting: "waiting",
  left: "plain",
  not_admitted: "lost",
  not_known: "plain",
};

export function PersonStatusPill({ person }: { person: PersonStory }) {
  if (person.isNoteTaker) return <Pill tone="plain">Note-taker</Pill>;
  return <Pill tone={TONES[person.status]}>{statusWord(person.status)}</Pill>;
}
