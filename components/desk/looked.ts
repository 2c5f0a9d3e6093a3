import { useCallback, useEffect, useSyncExternalStore } from "react";
import { whenAnythingIsDone } from "#components/viewer/doings.ts";
import { StoredText } from "#components/viewer/stored-text.ts";

/* What somebody at this browser has looked at: rows that were on the screen while they did something there. */

const stored = new StoredText("rollcall.desk.looked");
/** So many are remembered: more than a day has. */
const MOST = 2_000;
/** A row is looked at after it was on the screen for so long. */
const LOOKS_MS = 1_500;
/** By which rows that can be new are found on the page. */
const ROW = "data-looked";

let read = { text: "", ids: new Set<string>() };

function lookedAt(): ReadonlySet<string> {
  const text = stored.get() ?? "";
  if (text !== read.text) read = { text, ids: new Set(text.split(" ")) };
  return read.ids;
}

/** Whether something is new since somebody last looked in this browser; never before the page is shown. */
export function useIsNew(id: string): boolean {
  const isNew = useCallback(() => !lookedAt().has(id), [id]);
  return useSyncExternalStore(stored.subscribe, isNew, notNew);
}

/** How many of these are new. */
export function useNewCount(ids: readonly string[]): number {
  const count = () => {
    const looked = lookedAt();
    return ids.filter((id) => !looked.has(id)).length;
  };
  return useSyncExternalStore(stored.subscribe, count, none);
}

const notNew = () => false;
const none = () => 0;

/** What a row has that can be new, so that it is seen to be looked at. */
export function lookable(id: string) {
  return { [ROW]: id };
}

/**
 * Notes what is looked at: what is on the screen a moment after somebody moved the pointer, pressed a key or came back.
 * A screen before which nobody sits looks at nothing.
 */
export function useLooking(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      timer = null;
      if (document.visibilityState !== "visible") return;
      const before = lookedAt();
      const looked = onScreen().filter((id) => !before.has(id));
      if (looked.length > 0) stored.set([...before, ...looked].slice(-MOST).join(" "));
    };
    const does = () => {
      timer ??= setTimeout(look, LOOKS_MS);
    };
    const end = whenAnythingIsDone(does);
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}

function onScreen(): string[] {
  return [...document.querySelectorAll(`[${ROW}]`)].flatMap((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight ? [row.getAttribute(ROW) ?? ""] : [];
  });
}
