import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clockIn, DAY, type DateOrder } from "#server/providers/import/clock.ts";
import { actionIn } from "#server/providers/import/lexicon.ts";

const HOUR: Ms = 3_600_000;
/** After this long without a line, the next is another meeting. Over a night half of it is enough. */
const SILENCE: Ms = 12 * HOUR;
const NIGHT: Ms = 6 * HOUR;
/** A person whose end is not known continues a meeting for this long. */
const APART: Ms = 4 * HOUR;

interface Act {
  line: number;
  who: string;
  came: boolean;
  text: string;
  at: Ms;
}

/** One meeting of a list of joins and leaves; the first and last moment are as the list writes them. */
export interface ListPart {
  starts: string;
  ends: string;
  /** The line with its last moment. */
  line: number;
}

/** The meetings of a list of joins and leaves. */
export interface ListParts {
  parts: readonly ListPart[];
  /** Lines of a leave without a join in that meeting. */
  alone: ReadonlySet<number>;
  /** Lines of a join that no leave follows. */
  open: ReadonlySet<number>;
}

/** Gathers the joins and leaves of a list line by line. */
export class ActionList {
  readonly #actions: Omit<Act, "at">[] = [];

  note(line: number, who: string, action: string, text: string): void {
    const parsed = actionIn(action);
    if (parsed !== null) this.#actions.push({ line, who, came: parsed.came, text });
  }

  /**
   * Splits the list into meetings where every person was out, and after a silence that is too long for one
   * meeting. No stay is counted across such a split.
   */
  conclude(order: DateOrder, day: string | null): ListParts {
    const acts = this.#actions
      .flatMap((act): Act[] => {
        const clock = clockIn(act.text, order, day);
        return clock === null ? [] : [{ ...act, at: clock.shown - (clock.offsetMs ?? 0) }];
      })
      .toSorted((a, b) => a.at - b.at || Number(b.came) - Number(a.came));
    const parts: ListPart[] = [];
    const [alone, open] = [new Set<number>(), new Set<number>()];
    const left = new Set<string>();
    for (const group of splitAtSilence(acts)) {
      const { stays, alone: own, open: waiting } = staysIn(group, left);
      for (const line of own) alone.add(line);
      for (const { line, who } of waiting) {
        open.add(line);
        left.add(who);
      }
      parts.push(...meetingsOf(stays));
    }
    return { parts, alone, open };
  }
}

/** Groups of lines without a long silence in between. */
function splitAtSilence(acts: readonly Act[]): Act[][] {
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

/** From a join until a leave; `first` and `last` are the same line where the other is not known. */
interface Stay {
  first: Act;
  last: Act;
  isOpen: boolean;
}

/** `left`: people whose leave from an earlier meeting of the list is not known. */
function staysIn(
  acts: readonly Act[],
  left: ReadonlySet<string>,
): { stays: Stay[]; alone: number[]; open: Act[] } {
  const inside = new Map<string, Act>();
  const stays: Stay[] = [];
  const alone: number[] = [];
  for (const act of acts) {
    const joined = inside.get(act.who);
    if (act.came) {
      if (joined === undefined) inside.set(act.who, act);
      else stays.push({ first: act, last: act, isOpen: false });
      continue;
    }
    // Joined and left at one moment: the leave belongs to the stay that the earlier meeting left open.
    if (joined === undefined || (joined.at === act.at && left.has(act.who))) alone.push(act.line);
    stays.push({ first: joined ?? act, last: act, isOpen: false });
    inside.delete(act.who);
  }
  const open = [...inside.values()];
  stays.push(...open.map((act) => ({ first: act, last: act, isOpen: true })));
  return { stays, alone, open };
}

function meetingsOf(stays: readonly Stay[]): ListPart[] {
  const merged: Stay[] = [];
  for (const { first, last: latest, isOpen } of stays.toSorted((a, b) => a.first.at - b.first.at)) {
    const last = merged.at(-1);
    const gap = last?.isOpen === true ? APART : DEFAULT_EMPTY_GAP_MS;
    if (last === undefined || first.at - last.last.at > gap) {
      merged.push({ first, last: latest, isOpen });
      continue;
    }
    if (latest.at >= last.last.at) last.last = latest;
    last.isOpen ||= isOpen;
  }
  return merged.map(({ first, last: latest }) => {
    return { starts: first.text, ends: latest.text, line: latest.line };
  });
}
