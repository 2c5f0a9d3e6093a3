import { Pill, type Tone } from "#components/ui/pill.tsx";

/** What decides how a source stands. */
export interface SourceStanding {
  isOfFiles: boolean;
  isPaused: boolean;
  isRemoved: boolean;
  silence: "unheard" | "unknown" | "usual" | "silent";
}

const STATES = {
  deleting: ["lost", "Being deleted"],
  files: ["plain", "Imported files"],
  paused: ["waiting", "Paused"],
  unheard: ["waiting", "Not heard yet"],
  silent: ["lost", "Silent"],
  heard: ["present", "Heard"],
} as const satisfies Record<string, readonly [Tone, string]>;

/** How a source stands, in a word. */
export function SourceState(standing: SourceStanding) {
  const [tone, words] = STATES[stateOf(standing)];
  return <Pill tone={tone}>{words}</Pill>;
}

function stateOf({ isOfFiles, isPaused, isRemoved, silence }: SourceStanding): keyof typeof STATES {
  if (isRemoved) return "deleting";
  if (isOfFiles) return "files";
  if (isPaused) return "paused";
  return silence === "unheard" || silence === "silent" ? silence : "heard";
}
