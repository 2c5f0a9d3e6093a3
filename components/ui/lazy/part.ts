import { useEffect, useSyncExternalStore } from "react";

type State<T> = { is: "unread" | "reading" | "failed" } | { is: "here"; value: T };

const parts = new Set<LazyPart<unknown>>();

/** A part of the pages' script, loaded once when it is first wanted; a failed load is tried again when wanted again. */
export class LazyPart<T> {
  #state: State<T> = { is: "unread" };
  readonly #read: () => Promise<T>;
  readonly #listeners = new Set<() => void>();

  constructor(read: () => Promise<T>) {
    this.#read = read;
    parts.add(this);
  }

  get = (): State<T> => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads it, unless it is here or being loaded. */
  want = async (): Promise<void> => {
    if (this.#state.is === "here" || this.#state.is === "reading") return;
    this.#become({ is: "reading" });
    try {
      this.#become({ is: "here", value: await this.#read() });
    } catch {
      this.#become({ is: "failed" });
    }
  };

  #become(state: State<T>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The part once it is here, and whether its load failed; it is loaded as soon as `isWanted`. */
export function useLazyPart<T>(
  part: LazyPart<T>,
  isWanted: boolean,
): { value: T | null; failed: boolean } {
  const state = useSyncExternalStore(part.subscribe, part.get, part.get);
  useEffect(() => {
    if (isWanted) void part.want();
  }, [part, isWanted]);
  return { value: state.is === "here" ? state.value : null, failed: state.is === "failed" };
}

/** Loads every part that was created so far. */
export async function readAllParts(): Promise<void> {
  await Promise.all([...parts].map((part) => part.want()));
}
