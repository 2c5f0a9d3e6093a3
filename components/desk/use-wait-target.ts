import { useOwnSettings } from "#components/viewer/own-settings.tsx";
import type { Ms } from "#domain/time/ms.ts";
import { DEFAULT_TARGET_MS } from "#domain/waits/waiting-page.ts";

/** From how long on a wait is late for whoever looks: the target by which they measure waits everywhere. */
export function useWaitTarget(): Ms {
  return useOwnSettings().settings.wait_target_ms ?? DEFAULT_TARGET_MS;
}
