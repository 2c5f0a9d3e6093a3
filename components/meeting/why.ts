import type { Ms } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import type { PersonStory } from "#domain/story.ts";
import { endIsInferred } from "#domain/timeline.ts";
import type { Outcome } from "#domain/wait.ts";

/** One line of why somebody's attended time is what it is, in time order. */
export interface Reason {
  key: string;
  from: Ms;
  to: Ms | null;
  what:
    | {
        kind: "stay";
        end: "reported" | "inferred" | "open";
        startInferred: boolean;
        connections: number;
      }
    /** Away for no longer than the grace: counts. */
    | { kind: "joined_gap"; graceMs: Ms }
    /** Away for longer: does not count. */
    | { kind: "away" }
    | { kind: "wait"; outcome: Outcome };
}

/** Every stretch of a person's story and how it counts: stays, what the grace joined, absences, waits. */
export function reasonsFor(
  person: Pick<PersonStory, "presence" | "visits" | "waits">,
  rules: Pick<Rules, "graceMs">,
): Reason[] {
  const reasons: Reason[] = [];
  for (const [index, { from, to }] of person.presence.entries()) {
    const before = person.presence[index - 1]?.to ?? null;
    if (before !== null) {
      const what =
        from - before <= rules.graceMs
          ? ({ kind: "joined_gap", graceMs: rules.graceMs } as const)
          : ({ kind: "away" } as const);
      reasons.push({ key: `gap ${before}`, from: before, to: from, what });
    }
    const visits = person.visits.filter(
      ({ joinedAt, leftAt }) => joinedAt >= from && (to === null || (leftAt ?? Infinity) <= to),
    );
    reasons.push({
      key: `stay ${from}`,
      from,
      to,
      what: {
        kind: "stay",
        end:
          to === null
            ? "open"
            : endIsInferred({ from, to }, person.visits)
              ? "inferred"
              : "reported",
        startInferred: visits[0]?.start === "inferred",
        connections: visits.length,
      },
    });
  }
  for (const { startedAt, endedAt, outcome } of person.waits) {
    const key = `wait ${startedAt}`;
    reasons.push({ key, from: startedAt, to: endedAt, what: { kind: "wait", outcome } });
  }
  return reasons.toSorted((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity));
}

/** How a line counts, in words. */
export function reasonWords(what: Reason["what"]): string {
  switch (what.kind) {
    case "stay":
      return stayWords(what);
    case "joined_gap":
      return `away, joined by the grace of ${what.graceMs / 1000} s`;
    case "away":
      return "away, does not count";
    case "wait":
      return waitWords(what.outcome);
    default:
      return what satisfies never;
  }
}

function stayWords(stay: Extract<Reason["what"], { kind: "stay" }>): string {
  const words: string[] = [];
  if (stay.startInferred) words.push("only the leave was reported, so it has no length");
  else if (stay.end === "open") words.push("in, still open");
  else if (stay.end === "inferred") words.push("in; nobody reported the end, so it is inferred");
  else words.push("in, reported");
  if (stay.connections > 1) words.push(`${stay.connections} connections that overlap count once`);
  return words.join("; ");
}

function waitWords(outcome: Outcome): string {
  switch (outcome) {
    case "waiting":
      return "in the waiting room";
    case "admitted":
      return "waited, then admitted; waiting does not count";
    case "left":
      return "waited, left before admitted";
    case "short":
      return "waited, left within 10 s";
    case "came_back":
      return "waited, left before admitted, came back later";
    case "unknown":
      return "waited; nobody reported how it ended";
    default:
      return outcome satisfies never;
  }
}
