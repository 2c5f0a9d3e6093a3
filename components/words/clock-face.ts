import type { Ms } from "#domain/event.ts";

/** Clock times and dates of one time zone, the same on the server and in every browser. */
export class ClockFace {
  readonly zone: string;
  readonly #parts: Intl.DateTimeFormat;
  /** Every time carries its day. */
  readonly #isDated: boolean;
  /** By second since 1970: every zone is whole seconds ahead. */
  readonly #said = new Map<number, Face>();

  private constructor(zone: string, isDated: boolean) {
    this.zone = zone;
    this.#isDated = isDated;
    this.#parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "long",
      day: "numeric",
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  }

  static #known = new Map<string, ClockFace>();

  static in(zone: string): ClockFace {
    return ClockFace.#of(zone, false);
  }

  /** The same clock, every time with its day: for something that lasts over midnight. */
  static dated(zone: string): ClockFace {
    return ClockFace.#of(zone, true);
  }

  static #of(zone: string, isDated: boolean): ClockFace {
    const key = `${zone} ${isDated}`;
    const known = ClockFace.#known.get(key) ?? new ClockFace(zone, isDated);
    ClockFace.#known.set(key, known);
    return known;
  }

  /** `10:02:11`, with its day `20 Nov 10:02:11` */
  second(at: Ms): string {
    const read = this.#read(at);
    return `${this.#dayOf(read)}${read.hour}:${read.minute}:${read.second}`;
  }

  /** `10:02`, with its day `20 Nov 10:02` */
  minute(at: Ms): string {
    const read = this.#read(at);
    return `${this.#dayOf(read)}${read.hour}:${read.minute}`;
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

  /** What local time is ahead of UTC at that moment. */
  offsetMs(at: Ms): Ms {
    const { year, month, day, hour, minute, second } = this.#read(at);
    const midnight = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day));
    const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    return local - Math.floor(at / 1000) * 1000;
  }

  #dayOf({ day, month }: { day: string; month: string }): string {
    return this.#isDated ? `${day} ${month.slice(0, 3)} ` : "";
  }

  /** Reading a clock is slow, and the same moments are said again whenever something is drawn. */
  #read(at: Ms): Face {
    const second = Math.floor(at / 1000);
    const known = this.#said.get(second);
    if (known !== undefined) return known;
    if (this.#said.size >= MOST_REMEMBERED) this.#said.clear();
    // Put together by ourselves: the separators of a locale differ between versions of ICU.
    const read = { year: "", month: "", day: "", weekday: "", hour: "", minute: "", second: "" };
    for (const { type, value } of this.#parts.formatToParts(at)) {
      if (isPart(type)) read[type] = value;
    }
    this.#said.set(second, read);
    return read;
  }
}

const PARTS = ["year", "month", "day", "weekday", "hour", "minute", "second"] as const;

type Face = Record<(typeof PARTS)[number], string>;

const MOST_REMEMBERED = 2_000;

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
