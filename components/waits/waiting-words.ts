import { counted, grouped, percent } from "#components/words/count.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import { localeSettings } from "#components/words/locale-settings.ts";
import { outcomeTitle } from "#components/words/wait-words.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitCount } from "#domain/waits/wait-count.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  entered,
  leftBeforeAdmitted,
  type ShortLeaves,
  serviceLevel,
} from "#domain/waits/waiting.ts";
import type { Heat, WaitingTab, WaitMeasure } from "#domain/waits/waiting-page.ts";
import { dayAndHour } from "#domain/waits/week-hours.ts";

export const SHORT_WORDS: Record<ShortLeaves, string> = {
  apart: "Shown separately",
  counted: "Count as left",
};

export const SHOWN_WORDS: Record<WaitingTab, string> = {
  lost: "Really lost",
  all: "All waits",
  admitted: outcomeTitle("admitted"),
  late: "Admitted after the target",
  left: "Left before admitted",
  came_back: outcomeTitle("came_back"),
  short: outcomeTitle("short"),
  unknown: outcomeTitle("unknown"),
  waiting: outcomeTitle("waiting"),
};

export const HEAT_WORDS: Record<Heat, string> = {
  left: "Abandonment rate",
  waits: "Waits",
  average: "Average until admitted",
  level: "Within the target",
};

const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** 1 is Monday. */
export function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday - 1] ?? "";
}

/** `Monday 9:00–10:00` */
export function weekHourName(weekHour: number): string {
  const { weekday, hour } = dayAndHour(weekHour);
  return `${weekdayName(weekday)} ${hourName(hour)}–${hourName(hour + 1)}`;
}

/** `9:00`, or `9 AM`; 24 is the midnight after the day. */
function hourName(hour: number): string {
  if (localeSettings().hours === "h23") return `${hour}:00`;
  return `${hour % 12 || 12}\u00a0${hour % 24 < 12 ? "AM" : "PM"}`;
}

/** A duration, or that there is none. */
export function durationOr(ms: Ms | null, nothing = "–"): string {
  return ms === null ? nothing : formatDuration(ms);
}

export function percentOr(share: number | null, nothing = "–"): string {
  return percent(share) ?? nothing;
}

/** The description of an hour of the week, for the tooltip and screen readers. */
export function hourSentence(weekHour: number, count: WaitCount, measure: WaitMeasure): string {
  const { short, mode, targetMs } = measure;
  const rate = abandonmentRate(count, short);
  const level = serviceLevel(count, mode, short).share;
  const waits = counted(count.began, "wait", "waits");
  const parts = [
    waits,
    ...(rate === null
      ? []
      : [
          `${percentOr(rate)} left before admitted (${grouped(leftBeforeAdmitted(count, short))} of ${grouped(entered(count, short))})`,
        ]),
    ...(count.admitted === 0
      ? []
      : [`average until admitted ${durationOr(averageUntilAdmittedMs(count))}`]),
    ...(level === null ? [] : [`${percentOr(level)} within ${formatSetting(targetMs)}`]),
  ];
  return `${weekHourName(weekHour)}: ${parts.join(", ")}`;
}
