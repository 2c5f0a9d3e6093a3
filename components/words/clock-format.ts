import type { Ms } from "#domain/time/ms.ts";
import type { Hours } from "#domain/viewer/viewer.ts";
import { localeSettings } from "./locale-settings.ts";
import { sentZoneOffsets } from "./zone-offsets-sent.ts";

/** Which times are written with their day: none, all, or those of another day than `today`. */
type Days = "none" | "all" | { today: string; year: string };

/** The clock format of one time zone: times and dates as text, the same on the server and in every browser. */
export class ClockFormat {
  readonly zone: string;
  readonly hours: Hours;
  readonly #days: Days;
  readonly #reading: ZoneClock;

  private constructor(zone: string, hours: Hours, days: Days, reading: ZoneClock) {
    this.zone = zone;
    this.hours = hours;
    this.#days = days;
    this.#reading = reading;
  }

  static #cache = new Map<string, ClockFormat>();

  /** For times that are shown beside their day. Anywhere else: `ClockFace.in(zone).on(now)`. */
  static in(zone: string, hours: Hours = localeSettings().hours): ClockFormat {
    return ClockFormat.#of(zone, hours, "none");
  }

  /** Every time with its day: for a span over midnight. */
  static dated(zone: string, hours: Hours = localeSettings().hours): ClockFormat {
    return ClockFormat.#of(zone, hours, "all");
  }

  /** The same format for the day of `now`: a time of another day is written with its day. */
  on(now: Ms): ClockFormat {
    const { year } = this.#read(now);
    return ClockFormat.#of(this.zone, this.hours, { today: this.calendarDay(now), year });
  }

  /** The same format right after the time `previous`: only a time of another day than that is written with its day. */
  after(previous: Ms): ClockFormat {
    return this.#days === "none" ? this : this.on(previous);
  }

  /** The same format without any day: for a time that is shown beside its day. */
  get bare(): ClockFormat {
    return ClockFormat.#of(this.zone, this.hours, "none");
  }

  static #of(zone: string, hours: Hours, days: Days): ClockFormat {
    const key = `${zone} ${hours} ${typeof days === "string" ? days : days.today}`;
    const found = ClockFormat.#cache.get(key);
    if (found !== undefined) return found;
    if (ClockFormat.#cache.size >= MOST_CACHED) ClockFormat.#cache.clear();
    const reading =
      days === "none" ? new ZoneClock(zone) : ClockFormat.#of(zone, hours, "none").#reading;
    const clockFormat = new ClockFormat(zone, hours, days, reading);
    ClockFormat.#cache.set(key, clockFormat);
    return clockFormat;
  }

  /** `10:02:11` or `10:02:11 AM`, with its day `20 Nov 10:02:11` */
  second(at: Ms): string {
    const read = this.#read(at);
    const { hour, half } = this.#hourOf(read);
    return `${this.#dayOf(read)}${hour}:${read.minute}:${read.second}${half}`;
  }

  /** `10:02:11.123` or `10:02:11.123 AM`, with its day `20 Nov 10:02:11.123` */
  millisecond(at: Ms): string {
    const read = this.#read(at);
    const { hour, half } = this.#hourOf(read);
    const fraction = String(at % 1000).padStart(3, "0");
    return `${this.#dayOf(read)}${hour}:${read.minute}:${read.second}.${fraction}${half}`;
  }

  /** `10:02` or `10:02 AM`, with its day `20 Nov 10:02` */
  minute(at: Ms): string {
    const read = this.#read(at);
    const { hour, half } = this.#hourOf(read);
    return `${this.#dayOf(read)}${hour}:${read.minute}${half}`;
  }

  /** `20 Nov`, where that is another day than this format's; `null` where it is not. */
  otherDay(at: Ms): string | null {
    return this.#dayOf(this.#read(at)).trimEnd() || null;
  }

  /** Whether two moments are on one day in the zone. */
  isSameDay(one: Ms, other: Ms): boolean {
    return this.calendarDay(one) === this.calendarDay(other);
  }

  /** `20 Nov`: for a time of another day where room is short. */
  shortDay(at: Ms): string {
    const { day, month } = this.#read(at);
    return `${day} ${month.slice(0, 3)}`;
  }

  /** `Friday 20 November` */
  date(at: Ms): string {
    const { weekday, day, month } = this.#read(at);
    return `${weekday} ${day} ${month}`;
  }

  /** `Fri 20 Nov 2026`: for a time of any year. */
  calendarDay(at: Ms): string {
    const { weekday, day, month, year } = this.#read(at);
    return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${year}`;
  }

  /** `20 November`: for a time of another day. */
  day(at: Ms): string {
    const { day, month } = this.#read(at);
    return `${day} ${month}`;
  }

  /** How far local time is ahead of UTC at that moment, in ms. */
  offsetMs(at: Ms): Ms {
    const { year, month, day, hour, minute, second } = this.#read(at);
    const midnight = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day));
    const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    return local - Math.floor(at / 1000) * 1000;
  }

  #dayOf(read: ClockParts): string {
    const days = this.#days;
    if (days === "none") return "";
    const { weekday, day, month, year } = read;
    const short = `${day} ${month.slice(0, 3)}`;
    if (days === "all") return `${short} `;
    if (`${weekday.slice(0, 3)} ${short} ${year}` === days.today) return "";
    return year === days.year ? `${short} ` : `${short} ${year} `;
  }

  #hourOf({ hour }: ClockParts): { hour: string; half: string } {
    if (this.hours === "h23") return { hour, half: "" };
    return { hour: String(Number(hour) % 12 || 12), half: Number(hour) < 12 ? AM : PM };
  }

  #read(at: Ms): ClockParts {
    return this.#reading.at(at);
  }
}

/** Reads the local date and time of a zone. That is slow, and renderings ask for the same moments: it has a cache. */
class ZoneClock {
  readonly #zone: string;
  #parts: Intl.DateTimeFormat | null = null;
  /** By second since 1970: every zone's offset is whole seconds. */
  readonly #partsBySecond = new Map<number, ClockParts>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  at(at: Ms): ClockParts {
    const second = Math.floor(at / 1000);
    const cached = this.#partsBySecond.get(second);
    if (cached !== undefined) return cached;
    if (this.#partsBySecond.size >= MOST_REMEMBERED) this.#partsBySecond.clear();
    const sent = sentZoneOffsets(this.#zone);
    const isSent = sent !== null && at >= sent.from && at < sent.until;
    const read = isSent ? partsAhead(at, sent.offsetMs) : this.#look(at);
    this.#partsBySecond.set(second, read);
    return read;
  }

  #look(at: Ms): ClockParts {
    this.#parts ??= new Intl.DateTimeFormat("en-GB", {
      timeZone: this.#zone,
      hourCycle: "h23",
      year: "numeric",
      month: "long",
      day: "numeric",
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    // The text is composed here, since the separators of a locale differ between versions of ICU.
    const read = { year: "", month: "", day: "", weekday: "", hour: "", minute: "", second: "" };
    for (const { type, value } of this.#parts.formatToParts(at)) {
      if (isPart(type)) read[type] = value;
    }
    return read;
  }
}

/** The local date and time of a clock that is `offsetMs` ahead of UTC. */
function partsAhead(at: Ms, offsetMs: Ms): ClockParts {
  const there = new Date(Math.floor(at / 1000) * 1000 + offsetMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    year: String(there.getUTCFullYear()),
    month: MONTHS[there.getUTCMonth()] ?? "",
    day: String(there.getUTCDate()),
    weekday: WEEKDAYS[there.getUTCDay()] ?? "",
    hour: two(there.getUTCHours()),
    minute: two(there.getUTCMinutes()),
    second: two(there.getUTCSeconds()),
  };
}

const PARTS = ["year", "month", "day", "weekday", "hour", "minute", "second"] as const;

type ClockParts = Record<(typeof PARTS)[number], string>;

const MOST_REMEMBERED = 2_000;
const MOST_CACHED = 500;
/** With a no-break space, so that no line breaks inside a time. */
const [AM, PM] = ["\u00a0AM", "\u00a0PM"];

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function isPart(type: string): type is (typeof PARTS)[number] {
  return PARTS.some((part) => part === type);
}
