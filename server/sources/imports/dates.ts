import type { Ms } from "#domain/time/ms.ts";
import {
  clockIn,
  DAY,
  type DateOrder,
  dayIn,
  orderShownBy,
} from "#server/providers/import/clock.ts";
import { tidy } from "#server/providers/import/languages/roles.ts";
import { datesOpen, NotUnderstood } from "./refusal.ts";

/** The order in which the dates of a file are read, and the evidence for it. */
export interface Dates {
  order: DateOrder;
  from: "file" | "operator";
  /** The evidence in words; `null` where no date of the file can be read in two ways. */
  proof: string | null;
}

const ORDERS: readonly DateOrder[] = ["month_first", "day_first"];
const NAMES: Record<DateOrder, string> = { month_first: "month/day", day_first: "day/month" };

/** A date in digits anywhere in a text; its year has four of them, so that it is nothing else. */
const NUMERIC = /(?<![\d/-])\d{1,2}([-/])\d{1,2}\1(?:19|20)\d\d(?![\d/-])/g;
const YEAR_FIRST = /(?<!\d)((?:19|20)\d\d)[-_/.](\d{1,2})[-_/.](\d{1,2})(?!\d)/g;
/** A date with dots, or with the name of its month. */
const NAMED =
  /(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)|\p{L}{3,12}\.? \d{1,2},? (?:19|20)\d\d|(?<!\d)\d{1,2}\.? (?:de )?\p{L}{3,12}\.?,?(?: de)? (?:19|20)\d\d/gu;
const MOST = 5_000;

interface Open {
  text: string;
  month_first: string;
  day_first: string;
}

/**
 * Finds the order of a file's dates. Evidence is a date anywhere in it that can be read in one way only, or a
 * certain date that equals one of the two readings of another. A time zone is no evidence.
 */
export class DateEvidence {
  readonly #proofs: Partial<Record<DateOrder, string>> = {};
  /** Days that can be read in one way only. */
  readonly #sure = new Set<string>();
  readonly #open = new Map<string, Open>();
  readonly #latest: Record<DateOrder, Ms> = { month_first: 0, day_first: 0 };

  /** Notes any text of the file, and its name. */
  note(text: string, where: string): void {
    if (!/(?:19|20)\d\d/.test(text)) return;
    for (const [found] of text.matchAll(NUMERIC)) this.#noteOrder(found, where);
    for (const [, year, month, day] of text.matchAll(YEAR_FIRST)) {
      this.#noteSure(dayIn(`${year}-${month}-${day}`, "month_first"));
    }
    for (const [found] of text.matchAll(NAMED)) this.#noteSure(dayIn(found, "month_first"));
  }

  /** Notes a cell with a time that will be read. */
  noteTime(text: string, line: number): void {
    const shown = this.#noteOrder(text, `line ${line}`);
    if (shown !== "either") {
      if (shown === null) this.#noteSure(dayIn(text, "month_first"));
      return;
    }
    for (const order of ORDERS) {
      const at = clockIn(text, order, null)?.shown ?? 0;
      this.#latest[order] = Math.max(this.#latest[order], at);
    }
    const [month_first, day_first] = [dayIn(text, "month_first"), dayIn(text, "day_first")];
    if (month_first === null || day_first === null || this.#open.size >= MOST) return;
    const name = `${month_first} ${day_first}`;
    if (!this.#open.has(name)) this.#open.set(name, { text, month_first, day_first });
  }

  #noteOrder(text: string, where: string): ReturnType<typeof orderShownBy> {
    const shown = orderShownBy(text);
    if (shown === "month_first" || shown === "day_first") {
      this.#proofs[shown] ??= `“${tidy(text)}” (${where})`;
      this.#noteSure(dayIn(text, shown));
    }
    return shown;
  }

  #noteSure(day: string | null): void {
    if (day !== null && this.#sure.size < MOST) this.#sure.add(day);
  }

  /**
   * The order of the dates. A date that lies after `now` in one order only was written in the other. Throws
   * `NotUnderstood` where there is no evidence, or it contradicts itself.
   */
  conclude(asked: DateOrder | null, now: Ms): Dates {
    const { month_first: month, day_first: day } = this.#proofs;
    if (asked !== null) return { order: asked, from: "operator", proof: this.#against(asked) };
    if (month !== undefined && day !== undefined) {
      const why = `Its dates contradict each other: ${month} can only be month/day, and ${day} only day/month`;
      throw this.#open.size > 0
        ? datesOpen(why, this.#readings())
        : new NotUnderstood(`${why}. Say which to read.`, "dates", [
            { field: "dates", value: "month_first", message: month },
            { field: "dates", value: "day_first", message: day },
          ]);
    }
    if (month !== undefined) return this.#shown("month_first", `as ${month} shows`);
    if (day !== undefined) return this.#shown("day_first", `as ${day} shows`);
    if (this.#open.size === 0) return { order: "month_first", from: "file", proof: null };
    const alike = ORDERS.filter((order) => this.#isAlike(order));
    if (alike[0] !== undefined && alike.length === 1) {
      return this.#shown(alike[0], "as a date of the file shows that can be read in one way only");
    }
    const past = ORDERS.filter((order) => this.#latest[order] <= now + DAY);
    if (past[0] !== undefined && past.length === 1) {
      return this.#shown(past[0], "because else they would lie in the future");
    }
    throw datesOpen(
      "Nothing in the file says whether the day or the month comes first",
      this.#readings(),
    );
  }

  #shown(order: DateOrder, why: string): Dates {
    const isAsked = this.#open.size > 0;
    return {
      order,
      from: "file",
      proof: isAsked ? `Its dates are read ${NAMES[order]}, ${why}.` : null,
    };
  }

  /** The evidence against the order that an operator chose. */
  #against(asked: DateOrder): string | null {
    const other = asked === "day_first" ? "month_first" : "day_first";
    const proof = this.#proofs[other];
    return proof === undefined
      ? null
      : `Its dates are read ${NAMES[asked]}, as was said, though ${proof} can only be ${NAMES[other]}.`;
  }

  #isAlike(order: DateOrder): boolean {
    return [...this.#open.values()].some((open) => this.#sure.has(open[order]));
  }

  #readings(): { order: DateOrder; day: string; text: string }[] {
    const [first] = this.#open.values();
    if (first === undefined) return [];
    return ORDERS.map((order) => ({ order, day: first[order], text: first.text }));
  }
}
