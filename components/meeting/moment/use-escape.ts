import { useEffect } from "react";
import type { Lens } from "#components/meeting/lens/lens-address.ts";
import type { ChangeLens } from "#components/meeting/lens/use-lens.ts";

/** Escape removes the window, then goes back to now, unless the focused element has a use for the key. */
export function useEscape({ at, window }: Pick<Lens, "at" | "window">, change: ChangeLens): void {
  const wanted = window !== null ? "window" : at !== null ? "at" : null;
  useEffect(() => {
    if (wanted === null) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isElsewhere(event.target)) return;
      change(wanted === "window" ? { window: null } : { at: null });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [wanted, change]);
}

/** Whether the key belongs to a text field, or to something that Escape closes. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, [role=dialog], [aria-expanded=true]") !== null
  );
}
