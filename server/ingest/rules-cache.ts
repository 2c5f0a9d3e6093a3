import type { RecordingClient } from "#db/connection/client.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FRESH_MS } from "./known-sources.ts";
import { rulesBySource } from "./reread.ts";

/** The rules of sources, at most a second old, as the door's are. */
export type RulesCache = (sourceIds: readonly string[]) => Promise<ReadonlyMap<string, Rules>>;

export function createRulesCache(database: RecordingClient): RulesCache {
  let rules = new Map<string, Rules>();
  let until: Ms = 0;
  return async (sourceIds) => {
    const now = performance.now();
    if (until < now) {
      rules = new Map();
      until = now + FRESH_MS;
    }
    const own = rules;
    const missing = [...new Set(sourceIds)].filter((id) => !own.has(id));
    if (missing.length > 0) {
      for (const [id, found] of await rulesBySource(database, missing)) own.set(id, found);
    }
    return own;
  };
}
