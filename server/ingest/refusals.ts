import type { NamedRefusal, RefusalRow } from "#db/sources/refusals.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { RefusalReason } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What is still to be kept of what this process counted. */
export interface Unkept {
  taken: Map<string, Ms>;
  stretches: NamedRefusal[];
}

/**
 * What the doors of this process refused, and what all processes kept of theirs. Counting costs no statement,
 * and holds a row for each source there is and each reason, whoever sends and however much.
 */
export class Refusals {
  /** Open ones, as they were last read. */
  #kept: readonly NamedRefusal[] = [];
  /** On their way to the database. */
  #leaving: Unkept = none();
  #unkept: Unkept = none();
  /** Sources whose last webhook was refused: of all others nothing is to be noted when one is taken. */
  #refused = new Set<string>();
  /** The sources there are, as far as they were read: what is said of any other is not counted. */
  readonly #sources = new Map<string, WireSource>();
  #listener: () => void = () => undefined;

  /** Hears that something is to be kept, or is another. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  learn(sources: readonly WireSource[]): void {
    this.#sources.clear();
    for (const source of sources) this.#sources.set(source.id, source);
  }

  /** A source by what an address says, without looking it up. */
  sourceNamed(provider: string, id: string): WireSource | null {
    const source = this.#sources.get(id.toLowerCase());
    return source?.provider === provider ? source : null;
  }

  refused(source: WireSource, reason: RefusalReason, at: Ms): void {
    const { stretches } = this.#unkept;
    const known = stretches.find((one) => one.sourceId === source.id && one.reason === reason);
    if (known !== undefined && known.overAt === null) {
      known.count += 1;
      known.lastAt = Math.max(known.lastAt, at);
    } else {
      // What was over within the second in which it is refused again is not told apart from that.
      const interval = { source, sourceId: source.id, reason, count: 1, firstAt: at, lastAt: at };
      this.#unkept.stretches = [
        ...stretches.filter((one) => one !== known),
        { ...interval, overAt: null },
      ];
    }
    this.#refused.add(source.id);
    this.#listener();
  }

  /** A webhook of the source was taken: what was refused before is over. */
  taken(sourceId: string, at: Ms): void {
    if (!this.#refused.delete(sourceId)) return;
    for (const one of this.#unkept.stretches) {
      if (one.sourceId === sourceId) one.overAt ??= at;
    }
    this.#unkept.taken.set(sourceId, at);
    this.#listener();
  }

  /** What is refused now, one row for each source and reason. */
  open(): NamedRefusal[] {
    const rows = new Map<string, NamedRefusal>();
    const add = (one: NamedRefusal) => {
      const key = `${one.sourceId} ${one.reason}`;
      const before = rows.get(key);
      rows.set(key, before === undefined ? one : together(before, one));
    };
    const unless =
      (...over: ReadonlyMap<string, Ms>[]) =>
      (one: NamedRefusal) =>
        one.overAt === null && !over.some((taken) => taken.has(one.sourceId));
    const { taken } = this.#unkept;
    this.#kept.filter(unless(taken, this.#leaving.taken)).forEach(add);
    this.#leaving.stretches.filter(unless(taken)).forEach(add);
    this.#unkept.stretches.filter(unless()).forEach(add);
    return [...rows.values()];
  }

  /** Whether anything is to be kept. */
  get isWaiting(): boolean {
    return this.#unkept.taken.size + this.#unkept.stretches.length > 0;
  }

  /** Hands over what is to be kept; it counts as open until `left` or `stayed` is said of it. */
  leave(): Unkept {
    this.#leaving = this.#unkept;
    this.#unkept = none();
    return this.#leaving;
  }

  /** It was not kept, and is to be kept later. */
  stayed(): void {
    const { taken, stretches } = this.#leaving;
    const since = this.#unkept;
    this.#leaving = none();
    this.#unkept = {
      taken: new Map([...taken, ...since.taken]),
      stretches: [
        ...stretches
          .filter((one) => since.stretches.every((later) => !isSame(one, later)))
          .map((one) => ({ ...one, overAt: one.overAt ?? since.taken.get(one.sourceId) ?? null })),
        ...since.stretches.map((later) => {
          const before = stretches.find((one) => isSame(one, later));
          const isNew = before === undefined || before.overAt !== null;
          return isNew || since.taken.has(later.sourceId) ? later : together(before, later);
        }),
      ],
    };
  }

  /** What all processes have kept by now, that which was handed over among it. */
  read(kept: readonly NamedRefusal[]): void {
    this.#leaving = none();
    this.#kept = kept;
    this.#refused = new Set(this.open().map(({ sourceId }) => sourceId));
  }
}

function none(): Unkept {
  return { taken: new Map(), stretches: [] };
}

function isSame(a: RefusalRow, b: RefusalRow): boolean {
  return a.sourceId === b.sourceId && a.reason === b.reason;
}

function together(before: NamedRefusal, after: NamedRefusal): NamedRefusal {
  return {
    ...after,
    count: before.count + after.count,
    firstAt: Math.min(before.firstAt, after.firstAt),
    lastAt: Math.max(before.lastAt, after.lastAt),
  };
}

/*
 * The server's door counts, and so does the route that Next bundles: two instances of every module in one process.
 */
const HOLDER = Symbol.for("rollcall.refusals");
const holder: typeof globalThis & { [HOLDER]?: Refusals } = globalThis;

/** What this process's doors refuse. */
export function refusals(): Refusals {
  holder[HOLDER] ??= new Refusals();
  return holder[HOLDER];
}
