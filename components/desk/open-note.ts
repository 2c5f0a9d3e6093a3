import type { DeskWait } from "./desk-dialog.tsx";

interface Opened {
  wait: DeskWait;
  onDone: (() => void) | undefined;
}

/** The note that is written now: it stays open where the row it was opened from is gone, as when somebody gives up. */
class OpenNote {
  #opened: Opened | null = null;
  readonly #listeners = new Set<() => void>();

  get = (): Opened | null => this.#opened;

  open(wait: DeskWait, onDone?: () => void): void {
    this.#become({ wait, onDone });
  }

  /** What is known of a wait now, where its note is the one that is open. */
  refresh(wait: DeskWait): void {
    const opened = this.#opened;
    if (opened?.wait.id === wait.id && opened.wait !== wait) this.#become({ ...opened, wait });
  }

  close = (): void => this.#become(null);

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #become(opened: Opened | null): void {
    this.#opened = opened;
    for (const listener of this.#listeners) listener();
  }
}

export const openNote = new OpenNote();
