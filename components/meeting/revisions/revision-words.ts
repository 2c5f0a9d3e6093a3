import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { RevisedPerson, Revision } from "#domain/meeting/revision.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A sentence about a revision, in two parts around the name of the person it is about. */
export interface RevisionWords {
  before: string;
  person: RevisedPerson | null;
  after: string;
}

export function revisionWords(correction: Revision, clockFormat: ClockFormat): RevisionWords {
  const at = (moment: Ms) => clockFormat.second(moment);
  switch (correction.kind) {
    case "wait": {
      const { person, said, now } = correction;
      const shownAs = said === "unknown" ? "whose wait ended nobody knew how" : "shown as lost";
      const truth = now === "admitted" ? "was admitted after all" : "had come back";
      return { before: "", person, after: `, ${shownAs}, ${truth} at ${at(correction.at)}` };
    }
    case "visit": {
      const { person, from, to, byMs } = correction;
      const stay =
        to === null ? `has been in since ${at(from)}` : `was in from ${at(from)} to ${at(to)}`;
      return { before: "", person, after: ` ${stay}, which was not known: ${byWords(byMs)}` };
    }
    case "start": {
      const { person, said, now, byMs } = correction;
      return {
        before: "",
        person,
        after: ` came in at ${at(now)}, not at ${at(said)}: ${byWords(byMs)}`,
      };
    }
    case "end": {
      const { person, byMs } = correction;
      return {
        before: "",
        person,
        after: `${endWords(correction, clockFormat)}: ${byWords(byMs)}`,
      };
    }
    case "merged":
      return {
        before: "",
        person: correction.person,
        after: ` had been shown as ${correction.count} people and is one`,
      };
    case "split":
      return {
        before: "Who was shown as ",
        person: correction.person,
        after: ` are ${correction.count} people`,
      };
    case "gone":
      return groupWords(correction.people, "of another meeting of the room");
    case "came":
      return groupWords(correction.people, "of this meeting, which was shown as two");
    case "meeting_end": {
      const { said, now } = correction;
      const words =
        said === null ? `had ended at ${at(now)}` : `ended at ${at(now)}, not at ${at(said)}`;
      return { before: `The meeting ${words}`, person: null, after: "" };
    }
    default:
      return correction satisfies never;
  }
}

function endWords(end: Extract<Revision, { kind: "end" }>, clockFormat: ClockFormat): string {
  const { said, now, wasInferred } = end;
  if (now === null) return ", shown as gone, is still here";
  if (said === null) return `, shown as here, had left at ${clockFormat.second(now)}`;
  const inferred = wasInferred ? ", as was inferred" : "";
  return ` left at ${clockFormat.second(now)}, not at ${clockFormat.second(said)}${inferred}`;
}

function byWords(byMs: Ms): string {
  return `attended ${formatDuration(Math.abs(byMs))} ${byMs < 0 ? "less" : "more"}`;
}

function groupWords(people: readonly RevisedPerson[], of: string): RevisionWords {
  const [person = null, ...others] = people;
  if (others.length === 0) return { before: "", person, after: ` turned out to be ${of}` };
  const and = counted(others.length, "other", "others");
  return { before: "", person, after: ` and ${and} turned out to be ${of}` };
}
