import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clockIn, DAY, type DateOrder } from "#server/providers/import/clock.ts";
import { actionIn } from "#server/providers/import/lexicon.ts";

const HOUR: Ms = 3_600_000;
/** Nothing was heard for so long: what comes then is another meeting. Over a night half of it will do. */
const SILENCE: Ms = 12 * HOUR;
const NIGHT: Ms = 6 * HOUR;
/** Somebody whose end is not known keeps a meeting together for so long. */
const APART: Ms = 4 * HOUR;

interface Act {
  line: number;
  who: string;
  came: boolean;
  text: string;
  at: Ms;
}

/** One meeting of a list of comings and goings, as the list writes its first moment and its last. */
export interface ListPart {
  starts: string;
  ends: string;
  /** The line with its last moment. */
  line: number;
}

/** What a list of comings and goings comes to. */
export interface ListParts {
  parts: readonly ListPart[];
  /** Lines of a going that nobody was seen coming for, in that meeting. */
  alone: ReadonlySet<number>;
  /** Lines of a coming of whom nothing more is known. */
  open: ReadonlySet<number>;
}

/** The comings and goings of a list, gathered line by line. */
export class ActionList {
  readonly #projected: Omit<Act, "at">[] = [];

  note(line: number, who: string, action: string, text: string): void {
    const known = actionIn(action);
    if (known !== null) this.#projected.push({ line, who, came: known.came, text });
  }

  /**
   * Parts the list where everybody was out, and where nothing was heard for so long that what follows is
   * another meeting: nobody is counted over that.
   */
  conclude(order: DateOrder, day: string | null): ListParts {
    const acts = this.#projected
      .flatMap((act): Act[] => {
        const clock = clockIn(act.text, order, day);
        return clock === null ? [] : [{ ...act, at: clock.shown - (clock.offsetMs ?? 0) }];
      })
      .toSorted((a, b) => a.at - b.at || Number(b.came) - Number(a.came));
    const parts: ListPart[] = [];
    const [alone, open] = [new Set<number>(), new Set<number>()];
    const left = new Set<string>();
    for (const group of byHeard(acts)) {
      const { stays, alone: own, open: waiting } = staysIn(group, left);
      for (const line of own) alone.add(line);
      for (const { line, who } of waiting) {
        open.add(line);
        left.add(who);
      }
      parts.push(...stretchesOf(stays));
    }
    return { parts, alone, open };
  }
}

/** What was heard of without a long silence in between. */
function byHeard(acts: readonly Act[]): Act[][] {
  const groups: Act[][] = [];
  let last: Act | null = null;
  for (const act of acts) {
    const silent = last === null ? Infinity : act.at - last.at;
    const isNextDay = last !== null && Math.floor(act.at / DAY) !== Math.floor(last.at / DAY);
    if (silent > SILENCE || (isNextDay && silent > NIGHT)) groups.push([]);
    groups.at(-1)?.push(act);
    last = act;
  }
  return groups;
}

/** From one act until another; both the same where the other is not known. */
interface Stay {
  first: Act;
  last: Act;
  isOpen: boolean;
}

/** `left`: of whom it is not known how they went from an earlier meeting of the list. */
function staysIn(
  acts: readonly Act[],
  left: ReadonlySet<string>,
): { stays: Stay[]; alone: number[]; open: Act[] } {
  const inside = new Map<string, Act>();
  const stays: Stay[] = [];
  const alone: number[] = [];
  for (const act of acts) {
    const since = inside.get(act.who);
    if (act.came) {
      if (since === undefined) inside.set(act.who, act);
      else stays.push({ first: act, last: act, isOpen: false });
      continue;
    }
    // Of such a one, who came at the very moment they went, the going would end the stay of the earlier meeting.
    if (since === undefined || (since.at === act.at && left.has(act.who))) alone.push(act.line);
    stays.push({ first: since ?? act, last: act, isOpen: false });
    inside.delete(act.who);
  }
  const open = [...inside.values()];
  stays.push(...open.map((act) => ({ first: act, last: act, isOpen: true })));
  return { stays, alone, open };
}

function stretchesOf(stays: readonly Stay[]): ListPart[] {
  const merged: Stay[] = [];
  for (const { first, last, isOpen } of stays.toSorted((a, b) => a.first.at - b.first.at)) {
    const known = merged.at(-1);
    const gap = known?.isOpen === true ? APART : DEFAULT_EMPTY_GAP_MS;
    if (known === undefined || first.at - known.last.at > gap) {
      merged.push({ first, last, isOpen });
      continue;
    }
    if (last.at >= known.last.at) known.last = last;
    known.isOpen ||= isOpen;
  }
  return merged.map(({ first, last }) => {
    return { starts: first.text, ends: last.text, line: last.line };
  });
}
