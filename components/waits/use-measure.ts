import type { Address, AddressChange } from "#components/lists/use-address.ts";
import { useOwnSettings } from "#components/viewer/own-settings.tsx";
import { DEFAULT_GOAL, DEFAULT_MEASURE, type WaitingLens } from "#domain/waits/waiting-page.ts";

type Measure = Pick<WaitingLens, "targetMs" | "goal" | "mode" | "short">;

/**
 * A way to choose by what the waiting room is measured: it is kept with whoever is signed in, and the address names it,
 * so that a link shows the same to others.
 */
export function useMeasure(before: Measure, address: Address): (chosen: Measure) => void {
  const { keep } = useOwnSettings();
  const { targetMs, goal, mode, short } = before;
  return (chosen) => {
    const own = unlessUsual(chosen);
    const settings = {
      ...(chosen.targetMs !== targetMs && { wait_target_ms: own.targetMs }),
      ...(chosen.goal !== goal && { wait_goal: own.goal }),
      ...(chosen.mode !== mode && { wait_level: own.mode }),
      ...(chosen.short !== short && { wait_short: own.short }),
    };
    // The server leads by it where the address does not say, so it has to know it first.
    keep(settings, () => address.go(changeOf(before, chosen)));
  };
}

/**
 * What changes in the address: what is usual is not named. Only what was chosen now, because what was chosen just before
 * may still be on its way, and `before` does not have it.
 */
function changeOf(before: Measure, chosen: Measure): AddressChange {
  const { targetMs, goal, mode, short } = unlessUsual(chosen);
  return {
    ...(chosen.targetMs !== before.targetMs && {
      target_ms: targetMs === null ? null : String(targetMs),
    }),
    ...(chosen.goal !== before.goal && { goal: goal === null ? null : String(goal) }),
    ...(chosen.mode !== before.mode && { level: mode }),
    ...(chosen.short !== before.short && { short }),
  };
}

function unlessUsual({ targetMs, goal, mode, short }: Measure) {
  return {
    targetMs: targetMs === DEFAULT_MEASURE.targetMs ? null : targetMs,
    goal: goal === DEFAULT_GOAL ? null : goal,
    mode: mode === DEFAULT_MEASURE.mode ? null : mode,
    short: short === DEFAULT_MEASURE.short ? null : short,
  };
}
