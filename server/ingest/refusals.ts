import type { RefusalHour } from "#db/sources/refusal-hours.ts";
import type { NamedRefusal, RefusalRow } from "#db/sources/refusals.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { RefusalReason } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { CountedHours } from "./counted-hours.ts";

/** The refusals that this process counted and has not stored yet. */
export interface UnstoredRefusals {
  taken: Map<string, Ms>;
  stretches: NamedRefusal[];
  hours: RefusalHour[];
}

/**
 * The refusals of the doors of this process, and those that all processes stored. Counting costs no statement, and
 * needs one row for each existing source and reason, however many senders and webhooks there are.
 */
export class Refusals {
  /** The open rows, as they were last read. */
  #stored: readonly NamedRefusal[] = [];
  /** The rows on their way to the database. */
  #leaving: UnstoredRefusals = none();
  #unstored: Omit<UnstoredRefusals, "hours"> = none();
  /** How many there were in each hour, also at addresses of no source. */
  readonly #hours = new CountedHours();
  /** Sources whose last webhook was refused: only for these is a taken one to be noted. */
  #refused = new Set<string>();
  /** The existing sources, as they were last read: a refusal under any other address is not counted. */
  readonly #sources = new Map<string, WireSource>();
  #listener: () => void = () => undefined;

  /** Calls the listener when there is something to store, or something changed. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  learn(sources: readonly WireSource[]): void {
    this.#sources.clear();
    for (const source of sources) this.#sources.set(source.id, source);
  }

  /** The source that an address names, without a look-up in the database. */
  sourceNamed(provider: string, id: string): WireSource | null {
    const source = this.#sources.get(id.toLowerCase());
    return source?.provider === provider ? source : null;
  }

  /** `address` is whoever sent it. */
  refused(source: WireSource, reason: RefusalReason, at: Ms, address: string | null = null): void {
    processCounts().noteRefused(source.id, reason);
    this.#hours.count(source.id, reason, at, address);
    const { stretches } = this.#unstored;
    const row = stretches.find((one) => one.sourceId === source.id && one.reason === reason);
    if (row !== undefined && row.overAt === null) {
      row.count += 1;
      row.lastAt = Math.max(row.lastAt, at);
    } else {
      // An earlier row that is over and not stored yet, less than a second old, is replaced by the new one.
      const added = { source, sourceId: source.id, reason, count: 1, firstAt: at, lastAt: at };
      this.#unstored.stretches = [
        ...stretches.filter((one) => one !== row),
        { ...added, overAt: null },
      ];
    }
    this.#refused.add(source.id);
    this.#listener();
  }

  /** Counts a webhook that was sent to an address of no source. */
  unknown(at: Ms, address: string | null): void {
    processCounts().noteRefused("", "unknown_source");
    this.#hours.count(null, "unknown_source", at, address);
    this.#listener();
  }

  /** Notes that a webhook of the source was taken: its refusals before are over. */
  taken(sourceId: string, at: Ms): void {
    if (!this.#refused.delete(sourceId)) return;
    for (const one of this.#unstored.stretches) {
      if (one.sourceId === sourceId) one.overAt ??= at;
    }
    this.#unstored.taken.set(sourceId, at);
    this.#listener();
  }

  /** The open refusals, one row for each source and reason. */
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
    const { taken } = this.#unstored;
    this.#stored.filter(unless(taken, this.#leaving.taken)).forEach(add);
    this.#leaving.stretches.filter(unless(taken)).forEach(add);
    this.#unstored.stretches.filter(unless()).forEach(add);
    return [...rows.values()];
  }

  /** Whether anything is to be stored. */
  get isWaiting(): boolean {
    const { taken, stretches } = this.#unstored;
    return taken.size + stretches.length > 0 || this.#hours.isWaiting;
  }

  /** Hands over what is to be stored; it counts as open until `read` or `stayed` is called. */
  leave(): UnstoredRefusals {
    this.#leaving = { ...this.#unstored, hours: this.#hours.leave() };
    this.#unstored = none();
    return this.#leaving;
  }

  /** Takes back what was handed over: it could not be stored, and is to be stored later. */
  stayed(): void {
    const { taken, stretches, hours } = this.#leaving;
    this.#hours.stayed(hours);
    const since = this.#unstored;
    this.#leaving = none();
    this.#unstored = {
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

  /** Takes the open rows that all processes have stored by now, those that were handed over among them. */
  read(stored: readonly NamedRefusal[]): void {
    this.#leaving = none();
    this.#stored = stored;
    this.#refused = new Set(this.open().map(({ sourceId }) => sourceId));
  }
}

function none(): UnstoredRefusals {
  return { taken: new Map(), stretches: [], hours: [] };
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
 * The server's door counts, and so does the route that Next bundles: there are two instances of every module in one
 * process.
 */
const HOLDER = Symbol.for("rollcall.refusals");
const holder: typeof globalThis & { [HOLDER]?: Refusals } = globalThis;

/** The refusals of the doors of this process. */
export function refusals(): Refusals {
  holder[HOLDER] ??= new Refusals();
  return holder[HOLDER];
}
