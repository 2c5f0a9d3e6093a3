import { pageSettings } from "#server/http/viewer.ts";

/**
 * The address of the waiting room by the measures that whoever looks chose for themself, where the address that they
 * opened does not say otherwise; `null` where it is the same. So a link to what they see shows it to others too.
 */
export function withOwnMeasure(asked: URLSearchParams): string | null {
  const own = pageSettings();
  const measure = {
    target_ms: own?.waitTargetMs,
    goal: own?.waitGoal,
    level: own?.waitLevel,
    short: own?.waitShort,
  };
  const params = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(measure)) {
    if (value != null && !params.has(name)) params.set(name, String(value));
  }
  return params.size === asked.size ? null : `/waiting?${params}`;
}
