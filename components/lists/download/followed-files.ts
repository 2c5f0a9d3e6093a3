import { ApiFailure, askApi } from "#components/api/api.ts";
import type { FileUnderWay } from "#domain/lists/file-under-way.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A file this browser asked for; without a name before the server has begun it. */
export interface FollowedFile extends Omit<FileUnderWay, "name"> {
  id: string;
  name: string | null;
}

const EVERY_MS: Ms = 500;
/** A file nobody begins is none of ours: the question was refused, or another process answers. */
const MOST_LOOKS = 20;
/** How long the good news stays. */
const STAYS_MS: Ms = 6_000;

/** The files this browser asked for, followed until they are done. Tells its listeners of every change. */
class FollowedFiles {
  #files: readonly FollowedFile[] = [];
  readonly #listeners = new Set<() => void>();

  get = (): readonly FollowedFile[] => this.#files;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** From now on, until it is done. */
  follow(id: string): void {
    this.#put({ id, name: null, rows: 0, state: "running" });
    setTimeout(() => this.#look(id, MOST_LOOKS), EVERY_MS);
  }

  /** It is not wanted any more. What has ended meanwhile stays what it is. */
  async stop(id: string): Promise<void> {
    await askApi(`/downloads/${id}`, { method: "DELETE" }).catch(() => null);
  }

  dismiss(id: string): void {
    this.#publish(this.#files.filter((file) => file.id !== id));
  }

  async #look(id: string, deadline: number): Promise<void> {
    try {
      const seen = await askApi<FileUnderWay>(`/downloads/${id}`);
      this.#put({ id, ...seen });
      if (seen.state === "running") setTimeout(() => this.#look(id, MOST_LOOKS), EVERY_MS);
      else if (seen.state !== "failed") setTimeout(() => this.dismiss(id), STAYS_MS);
    } catch (error) {
      // What is not known may be about to begin; what cannot be reached may come back.
      const isOver = deadline === 0 || !(error instanceof ApiFailure);
      if (isOver) this.dismiss(id);
      else setTimeout(() => this.#look(id, deadline - 1), EVERY_MS);
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

/** Those of this browser window, on whatever screen it is. */
export const followedFiles = new FollowedFiles();
