import type { ClockFace } from "#components/words/clock-face.ts";
import { formatStretch } from "#components/words/duration.ts";
import type { Correction } from "#domain/correction.ts";
import type { Outcome } from "#domain/wait.ts";

/** What turned out otherwise, after the name of whom it is about. */
export function correctionWords({ what }: Correction, face: ClockFace): string {
  switch (what.kind) {
    case "wait":
      return `, shown as ${shownAs(what.was)}, ${turnedOut(what.is)}`;
    case "attended":
      return what.byMs > 0
        ? ` attended ${formatStretch(what.byMs)} more than shown`
        : ` attended ${formatStretch(-what.byMs)} less than shown`;
    case "appeared":
      return ` was there since ${face.second(what.since)}, which nobody had told yet`;
    case "joined":
      return " is one person, and was shown as several";
    case "parted":
      return " is several people of one name, and was shown as one";
    default:
      return what satisfies never;
  }
}

function shownAs(outcome: Outcome): string {
  switch (outcome) {
    case "waiting":
      return "waiting";
    case "admitted":
      return "admitted";
    case "left":
    case "short":
      return "lost";
    case "came_back":
      return "come back";
    case "unknown":
      return "not known";
    default:
      return outcome satisfies never;
  }
}

function turnedOut(outcome: Outcome): string {
  switch (outcome) {
    case "waiting":
      return "still waits";
    case "admitted":
      return "was admitted after all";
    case "left":
      return "had left before being admitted";
    case "short":
      return "had left within 10 s";
    case "came_back":
      return "came back after all";
    case "unknown":
      return "is not known to have been admitted";
    default:
      return outcome satisfies never;
  }
}
