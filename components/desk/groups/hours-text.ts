import { isOpeningTime, MOST_SPANS, type OpenSpan } from "#domain/desk/groups/opening-hours.ts";

/** Hours of a day as they are written: `08:00–12:30, 14:00–18:00`; nothing for a closed day. */
export function hoursText(spans: readonly OpenSpan[]): string {
  return spans.map(({ from, to }) => `${from}–${to}`).join(", ");
}

/** The hours of a day as somebody types them, with any dash and `8:00` for `08:00`; `null` where they are no hours. */
export function hoursIn(text: string): OpenSpan[] | null {
  const typed = text.trim();
  if (typed === "") return [];
  const parts = typed.split(/\s*[,;]\s*/);
  if (parts.length > MOST_SPANS) return null;
  const spans = parts.map((part) => {
    const [, from = "", to = ""] = /^(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})$/.exec(part) ?? [];
    return { from: from.padStart(5, "0"), to: to.padStart(5, "0") };
  });
  const isRight = ({ from, to }: OpenSpan) => isOpeningTime(from, false) && isOpeningTime(to, true);
  return spans.every(isRight) ? spans : null;
}
