import { errorWords } from "./error-facts.ts";

/** A stop may take this long in all; then the process ends anyway. */
const DEADLINE_MS = 15_000;

/** What a process may have started, in the order in which it is stopped. */
const ORDER = [
  "announcement",
  "listening",
  "sockets",
  "jobs",
  "webhooks",
  "answers",
  "pages",
  "installation",
  "live relay",
  "recording",
  "connections",
  "database",
] as const;
type Step = (typeof ORDER)[number];

const steps = new Map<Step, () => Promise<unknown>>();
let begun: Promise<void> | null = null;

/** Registers how a started part is stopped, when its turn comes. */
export function onStop(step: Step, run: () => Promise<unknown>): void {
  steps.set(step, run);
}

/** Stops everything, once, however often it is called. */
export function stopping(say: (line: string) => void): Promise<void> {
  begun ??= stopAll(say);
  return begun;
}

/** Whether this process is being stopped. */
export function isStopping(): boolean {
  return begun !== null;
}

async function stopAll(say: (line: string) => void): Promise<void> {
  const late = setTimeout(() => {
    say("Stopping took too long; ending now.");
    process.exit(1);
  }, DEADLINE_MS);
  for (const step of ORDER) {
    await steps
      .get(step)?.()
      .catch((error: unknown) => {
        say(`Stopping ${step}: ${errorWords(error)}`);
      });
  }
  clearTimeout(late);
}

/** A signal to a whole process group comes twice: directly, and passed on by the parent. */
const SAME_SIGNAL_MS = 1_000;

/** Ctrl-C and SIGTERM stop cleanly; another one, later, ends at once. */
export function stopOnSignals(say: (line: string) => void): void {
  let first: number | null = null;
  const stop = async () => {
    const now = performance.now();
    if (first !== null) {
      if (now - first > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    first = now;
    say("Stopping: finishing what came in.");
    await stopping(say);
    say("Stopped.");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
}
