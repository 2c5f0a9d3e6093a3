import type { Ms } from "#domain/time/ms.ts";
import { SAME_MOMENT_MS } from "./rules.ts";

/** A report that something ended, with the start it belongs to where the provider repeats it. */
export interface Ending {
  at: Ms;
  startedAt: Ms | null;
  /** The moment was computed, not seen. */
  inferred?: boolean;
}

/** An ending that names a start this much later than the open one ends another span. */
const ANOTHER_MS = 60_000;

/**
 * One period paired from reports of starts and endings; `startSeen` is false where only the end was
 * reported.
 */
export interface Span {
  from: Ms;
  to: Ms | null;
  startSeen: boolean;
  /** The end was computed by its reporter. */
  endInferred?: boolean;
  /** Without a reported end: when the next one began. */
  next?: Ms;
}

/** What ends a span besides a reported end. */
export interface Renewal {
  /** A start after one of these begins anew. */
  closings?: readonly Ms[];
  /** A start after `since` begins anew where such a correction is about the open span. */
  words?: readonly { at: Ms; since: Ms }[];
  /** A start begins anew when the open span began longer ago than this; sooner it is a repeat. */
  repeatMs?: Ms;
}

/**
 * Pairs starts with endings of one participant into spans, in any order of arrival.
 *
 * An ending that names its start is a whole span by itself, and a start reported for it later does not
 * reopen it. A second ending of the same moment is a repeat. An ending without a start is a span of no
 * length: it proves presence, not for how long. A start that begins anew leaves the open span without a
 * reported end.
 */
export function projectSpans(
  starts: readonly Ms[],
  endings: readonly Ending[],
  { closings = [], words: corrections = [], repeatMs = Infinity }: Renewal = {},
): Span[] {
  const begun = [...new Set(starts)].toSorted((a, b) => a - b);
  const ended = distinct(endings);
  const spans: Span[] = [];
  let open: Ms | null = null;
  let s = 0;
  let e = 0;
  while (s < begun.length || e < ended.length) {
    const start = begun[s];
    const ending = ended[e];
    const startIsNext: boolean =
      start !== undefined &&
      (ending === undefined || start < ending.at || (start === ending.at && open === null));
    if (startIsNext && start !== undefined) {
      s += 1;
      const since: Ms | null = open;
      const isAnother = (since: Ms) =>
        start - since > repeatMs ||
        closings.some((closing) => closing >= since && closing <= start) ||
        corrections.some(
          (correction) =>
            correction.at >= since && correction.at <= correction.since && correction.since < start,
        );
      if (since !== null && isAnother(since)) {
        spans.push({ from: since, to: null, startSeen: true, next: start });
        open = start;
      } else if (since === null && !belongsTo(start, spans.at(-1), ended[e - 1])) {
        open = start;
      }
    } else if (ending !== undefined) {
      e += 1;
      const another = open !== null && (ending.startedAt ?? open) > open + ANOTHER_MS;
      if (open !== null && !another) {
        spans.push({ from: beginning(open, ending), ...endOf(ending), startSeen: true });
        open = null;
      } else {
        close(ending, spans);
      }
    }
  }
  if (open !== null) spans.push({ from: open, to: null, startSeen: true });
  return onePerStart(spans);
}

/** In time order, one per start: of two reported ends the later counts. */
function onePerStart(spans: readonly Span[]): Span[] {
  const byStart = new Map<Ms, Span>();
  for (const span of spans) {
    const existing = byStart.get(span.from);
    if (existing === undefined) {
      byStart.set(span.from, span);
      continue;
    }
    const isLater = span.to !== null && (existing.to === null || span.to > existing.to);
    if (isLater) existing.endInferred = span.endInferred === true;
    else if (span.to === existing.to) existing.endInferred &&= span.endInferred === true;
    existing.to = isLater ? span.to : existing.to;
    existing.startSeen ||= span.startSeen;
  }
  return [...byStart.values()].toSorted((a, b) => a.from - b.from);
}

/** Whether a start repeats the one that an earlier span's ending named. */
function belongsTo(start: Ms, last: Span | undefined, ending: Ending | undefined): boolean {
  if (!last || ending === undefined || ending.startedAt === null) return false;
  return Math.abs(start - ending.startedAt) <= SAME_MOMENT_MS;
}

/** The reported start, unless the ending names one that is clearly earlier. */
function beginning(open: Ms, ending: Ending): Ms {
  if (ending.startedAt === null) return open;
  return ending.startedAt < open - SAME_MOMENT_MS ? ending.startedAt : open;
}

/** An ending without an open span: a span of its own, or a repeat of the last. */
function close(ending: Ending, spans: Span[]): void {
  const last = spans.at(-1);
  if (ending.startedAt === null) {
    const repeats = last?.to != null && ending.at - last.to <= SAME_MOMENT_MS;
    if (!repeats) spans.push({ from: ending.at, ...endOf(ending), startSeen: false });
    return;
  }
  if (last?.to != null && Math.abs(last.from - ending.startedAt) <= SAME_MOMENT_MS) {
    if (ending.at >= last.to) Object.assign(last, endOf(later(last, ending)));
    return;
  }
  spans.push({ from: ending.startedAt, ...endOf(ending), startSeen: true });
}

function endOf({ at, inferred }: Ending): Pick<Span, "to" | "endInferred"> {
  return { to: at, endInferred: inferred === true };
}

/** Of two ends the later; of two at one moment the one that was seen. */
function later(last: Span, ending: Ending): Ending {
  const both = last.to === ending.at && !(last.endInferred && ending.inferred);
  return both ? { ...ending, inferred: false } : ending;
}

/** In time order, each once; a start after its own end is moved to the end. */
function distinct(endings: readonly Ending[]): Ending[] {
  const byName = new Map<string, Ending>();
  for (const { at, startedAt, inferred } of endings) {
    const start = startedAt === null ? null : Math.min(startedAt, at);
    const name = `${at} ${start}`;
    // A seen ending counts, in any order of arrival.
    const isInferredSoFar = byName.get(name)?.inferred ?? true;
    byName.set(name, { at, startedAt: start, inferred: isInferredSoFar && inferred === true });
  }
  return [...byName.values()].toSorted(
    (a, b) => a.at - b.at || (a.startedAt ?? 0) - (b.startedAt ?? 0),
  );
}
