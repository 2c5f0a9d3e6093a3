import { useSyncExternalStore } from "react";

/** The name under which whoever sits here rules on who is who; remembered by this browser. */
const KEY = "rollcall-operator";

const listeners = new Set<() => void>();
/** Where the browser keeps nothing for us, the name lasts as long as the page. */
let unkept: string | null = null;

export function setOperator(name: string): void {
  unkept = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // See `unkept`.
  }
  for (const listener of listeners) listener();
}

/** `null` until somebody has said who they are, and on the server. */
export function useOperator(): string | null {
  return useSyncExternalStore(subscribe, readOperator, () => null);
}

function readOperator(): string | null {
  try {
    return localStorage.getItem(KEY) || unkept;
  } catch {
    return unkept;
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
