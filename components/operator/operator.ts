import { useSyncExternalStore } from "react";
import { useMe } from "#components/viewer/me.tsx";
import { StoredText } from "#components/viewer/stored-text.ts";

/** Where this browser stores the operator's name, which signs corrections. */
const stored = new StoredText("rollcall-operator");

export function setOperator(name: string): void {
  stored.set(name);
}

/** The operator's name: of whoever signed in, or else as it was entered; `null` until then, and on the server. */
export function useOperator(): string | null {
  const { id, name } = useMe();
  const entered = useSyncExternalStore(stored.subscribe, stored.get, () => null);
  return id === null ? entered : name;
}
