import { useSyncExternalStore } from "react";
import { useMe } from "#components/viewer/me.tsx";

/** Where this browser stores the operator's name, which signs corrections. */
const KEY = "rollcall-operator";

const listeners = new Set<() => void>();
/** Where the browser stores nothing for us, the name lasts as long as the page. */
let unstored: string | null = null;

export function setOperator(name: string): void {
  try {
    localStorage.setItem(KEY, name);
    unstored = null;
  } catch {
    unstored = name;
  }
  for (const listener of listeners) listener();
}

/** The operator's name: of whoever signed in, or else as it was entered; `null` until then, and on the server. */
export function useOperator(): string | null {
  const { id, name } = useMe();
  const entered = useSyncExternalStore(subscribe, readOperator, () => null);
  return id === null ? entered : name;
}

function readOperator(): string | null {
  try {
    return localStorage.getItem(KEY) || unstored;
  } catch {
    return unstored;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
