import { ApiFailure, askApi, tellApi } from "#components/api/api.ts";
import type { FileUnderWay } from "#domain/lists/file-under-way.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A file this browser asked for; it has no name before the server has begun it. */
export interface FollowedFile extends Omit<FileUnderWay, "name"> {
  id: string;
  name: string | null;
}

const fileUnderWay = async () => (await import("#server/http/files/schema.ts")).fileUnderWay;
const EVERY_MS: Ms = 500;
/** After so many looks an unknown file is given up: the request was refused, or another process answers it. */
const MOST_LOOKS = 20;
/** How long a complete file stays listed. */
const STAYS_MS: Ms = 6_000;

/** The files this browser asked for, followed until they are done. Notifies its listeners of every change. */
class FollowedFiles {
  #files: readonly FollowedFile[] = [];
  readonly #listeners = new Set<() => void>();

  get = (): readonly FollowedFile[] => this.#files;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows a file until it is done. */
  follow(id: string): void {
    this.#put({ id, name: null, rows: 0, state: "running" });
    setTimeout(() => this.#look(id, MOST_LOOKS), EVERY_MS);
  }

  /** Cancels a file. One that has ended meanwhile stays as it is. */
  async stop(id: string): Promise<void> {
    await tellApi(`/downloads/${id}`, { method: "DELETE" }).catch(() => null);
  }

  dismiss(id: string): void {
    this.#publish(this.#files.filter((file) => file.id !== id));
  }

  async #look(id: string, looksLeft: number): Promise<void> {
    try {
      const seen = await askApi(`/downloads/${id}`, fileUnderWay);
      this.#put({ id, ...seen });
      if (seen.state === "running") setTimeout(() => this.#look(id, MOST_LOOKS), EVERY_MS);
      else if (seen.state !== "failed") setTimeout(() => this.dismiss(id), STAYS_MS);
    } catch (error) {
      // An unknown file may be about to begin; a server that cannot be reached may come back.
      const isOver = looksLeft === 0 || !(error instanceof ApiFailure);
      if (isOver) this.dismiss(id);
      else setTimeout(() => this.#look(id, looksLeft - 1), EVERY_MS);
    }
  }

  #put(file: FollowedFile): void {
    this.#publish([...this.#files.filter(({ id }) => id !== file.id), file]);
  }

  #publish(files: readonly FollowedFile[]): void {
    this.#files = files;
    for (const listener of this.#listeners) listener();
  }
}

/** The files of this browser window, on whichever screen it is. */
export const followedFiles = new FollowedFiles();
