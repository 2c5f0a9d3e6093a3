import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the browser has taken over: false on the server and in the first drawing in the browser. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
