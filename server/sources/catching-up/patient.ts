import type { Ms } from "#domain/time/ms.ts";
import { type ProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";

/** Twenty calls a second is the least that any provider allows. */
const BETWEEN_MS: Ms = 60;
const TRIES = 5;
const FIRST_PAUSE_MS: Ms = 500;
/** Whoever wants more patience is left alone until another time. */
const MOST_PATIENCE_MS: Ms = 60_000;

interface Patience {
  sleep: (ms: Ms) => Promise<void>;
  /** Called before each call. */
  asking: () => void;
}

/**
 * A provider's API that is asked no faster than it allows, and again where it was busy, failed or was cut off: what was
 * read so far need not be read again. Only reading is tried again.
 */
export function patiently(api: ProviderApi, { sleep, asking }: Patience): ProviderApi {
  let isFirst = true;
  return {
    async ask(method, path, body) {
      for (let tried = 1; ; tried += 1) {
        if (!isFirst) await sleep(BETWEEN_MS);
        isFirst = false;
        asking();
        try {
          return await api.ask(method, path, body);
        } catch (error) {
          const pauseMs = method === "GET" && tried < TRIES ? pauseAfter(error, tried) : null;
          if (pauseMs === null) throw error;
          await sleep(pauseMs);
        }
      }
    },
  };
}

/** For how long to wait after a failure; `null` where waiting does not help, or takes too long. */
function pauseAfter(error: unknown, tried: number): Ms | null {
  if (!(error instanceof ProviderApiFailure)) return null;
  if (error.problem === "key_refused" || error.problem === "refused") return null;
  const pauseMs = Math.max(FIRST_PAUSE_MS * 2 ** (tried - 1), error.retryAfterMs ?? 0);
  return pauseMs > MOST_PATIENCE_MS ? null : pauseMs;
}
