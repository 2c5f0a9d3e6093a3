import type { PassedOver } from "#domain/lists/asked.ts";
import { nearestTo } from "#domain/time/nearest.ts";
import { ApiError } from "./answer.ts";
import { shown } from "./parameters.ts";

/** Parameters that other programs add to links to track clicks: they are ignored without a notice. */
const TRACKERS =
  /^(?:(?:utm_|oly_|vero_|_hs).+|[a-z]{1,4}clid|msclkid|[gw]braid|igsh(?:id)?|mc_[ce]id|mkt_tok|_g[al])$/;
const MOST_NAMED = 20;

/**
 * The parameters in the address of a page. Reading a parameter marks it as known: there is no list of names, and a
 * parameter that was never read is unknown to the page.
 */
export class AskedParams extends URLSearchParams {
  readonly #known = new Set<string>();
  readonly #unread = new Map<string, PassedOver>();

  static of(params: URLSearchParams): AskedParams {
    return params instanceof AskedParams ? params : new AskedParams(params);
  }

  /** A text; `null` where it is absent or empty. */
  text(name: string): string | null {
    this.#known.add(name);
    const [text, ...more] = this.getAll(name);
    if (more.length > 0) this.passOver(name, "Only the first of them counts.", "repeated");
    return text?.replaceAll("\0", "").trim() || null;
  }

  /**
   * The value of a parameter; `null` where it is absent or cannot be read: then `parse` returns `null` or throws
   * an `ApiError`, and `instead` is the sentence that says what is shown.
   */
  read<T>(name: string, parse: (text: string) => T | null, instead: string): T | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = readable(() => parse(text));
    if (value === null) this.passOver(name, instead);
    return value;
  }

  /** One of a few words. */
  oneOf<Word extends string>(name: string, words: readonly Word[], instead: string): Word | null {
    return this.read(name, (text) => words.find((word) => word === text) ?? null, instead);
  }

  passOver(name: string, instead: string, kind: "unreadable" | "repeated" = "unreadable"): void {
    this.#known.add(name);
    const value = shown(this.get(name) ?? "");
    this.#unread.set(name, { name, why: { kind, value }, instead });
  }

  /** The parameters that were not applied, once the page has read all those it knows. */
  passedOver(): PassedOver[] {
    const known = [...this.#known];
    const strange = [...new Set(this.keys())]
      .filter((name) => !this.#known.has(name) && !TRACKERS.test(name))
      .map((name): PassedOver => {
        const why = { kind: "unknown", meant: nearestTo(name, known) } as const;
        return { name, why, instead: "It changes nothing." };
      });
    return [...this.#unread.values(), ...strange].slice(0, MOST_NAMED);
  }
}

function readable<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
