import { Pill, type Tone } from "#components/ui/pill.tsx";
import type { EndpointShown } from "./shown.ts";

const STATES = {
  waiting: ["plain", "Nothing sent yet"],
  taking: ["present", "Taken"],
  failing: ["waiting", "Failing"],
  paused: ["lost", "Paused"],
} as const satisfies Record<EndpointShown["state"], readonly [Tone, string]>;

/** How an endpoint stands, in a word. */
export function EndpointState({ state }: Pick<EndpointShown, "state">) {
  const [tone, words] = STATES[state];
  return <Pill tone={tone}>{words}</Pill>;
}

/** Why nothing is sent to a paused endpoint. */
export const PAUSED_WORDS: Readonly<Record<NonNullable<EndpointShown["paused_for"]>, string>> = {
  by_hand: "An owner paused it. What happens meanwhile waits.",
  failing: "It took nothing for two days. What happens meanwhile waits until it goes on.",
  gone: "It answered that it is gone for good (410). Nothing waits for it.",
};
