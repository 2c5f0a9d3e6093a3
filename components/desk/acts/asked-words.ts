import { nameOf } from "#components/ui/person-name.tsx";
import type { ActFailure, AskedAct, AskedState } from "#domain/desk/acts/asked-act.ts";

/** Who asked for what: `Ada asked to remove Bo`. */
export function askedWords({ act, asked_by: by, person }: AskedAct): string {
  switch (act) {
    case "eject":
      return `${by} asked to remove ${nameOf(person?.name ?? null)}`;
    case "admit_all":
      return `${by} asked to let everybody in`;
    case "open_as_host":
      return `${by} opens it as host`;
    default:
      return act satisfies never;
  }
}

const FAILURES: Record<ActFailure, string> = {
  key_refused: "does not accept the key of this source",
  refused: "refused it",
  busy: "asks for patience",
  away: "could not be reached, so whether it was done is not known",
};

/** What is known of what came of it. */
export function stateWords(
  { provider, failure }: AskedAct,
  state: Exclude<AskedState, "over">,
): string {
  switch (state) {
    case "asked":
      return `${provider} has not reported it yet`;
    case "unreported":
      return `${provider} has still not reported it: it may have come to nothing`;
    case "failed":
      return `it came to nothing: ${provider} ${FAILURES[failure ?? "away"]}`;
    default:
      return state satisfies never;
  }
}
