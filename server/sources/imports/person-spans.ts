import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ProjectedItem } from "./item.ts";

/**
 * The time spans of people whose reports give only a first and a last moment. Spans closer than the empty gap
 * are one meeting, even where no person is known to have been present in between.
 */
export class PersonSpans {
  readonly #spans: { from: Ms; to: Ms; line: number; isApart: boolean }[] = [];

  note({ line, reading, remarks }: ProjectedItem): void {
    const moments = reading.about.events.map(({ at }) => at);
    let [from, to] = [Infinity, -Infinity];
    for (const at of moments) [from, to] = [Math.min(from, at), Math.max(to, at)];
    const isApart = remarks.some(({ remark }) => remark === "inferred_end");
    this.#spans.push({ from, to, line, isApart });
  }

  apart(): { from: Ms; to: Ms; line: number }[] {
    const merged: { from: Ms; to: Ms; line: number; isApart: boolean }[] = [];
    for (const span of this.#spans.toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last === undefined || span.from - last.to > DEFAULT_EMPTY_GAP_MS) {
        merged.push({ ...span });
        continue;
      }
      if (span.to >= last.to) Object.assign(last, { to: span.to, line: span.line });
      last.isApart ||= span.isApart;
    }
    return merged.filter(({ isApart }) => isApart);
  }
}
