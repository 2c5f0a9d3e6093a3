import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { classListById } from "#db/scheduled/reading-class-lists.ts";
import type { Roster } from "#db/scheduled/roster-rows.ts";
import type { Schedule } from "#db/scheduled/scheduled.ts";
import { sourceById } from "#db/sources/sources.ts";
import type { RosterReading } from "#domain/scheduled/reading.ts";
import { type Weekly, weekdayOf } from "#domain/scheduled/repeating.ts";
import {
  DEFAULT_LATE_AFTER_MS,
  DEFAULT_VERDICT_AFTER_MS,
  LONGEST_SCHEDULED_MS,
} from "#domain/scheduled/scheduled.ts";
import { atLocal, localOf, offsetWords } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { isUuid } from "#domain/uuid.ts";
import { offsetIn } from "#server/http/period.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { rosterIn, rosterShape } from "./given-roster.ts";
import type { Fault } from "./reading/roster-line.ts";

/** A scheduled meeting that was sent cannot be stored. `faults` says why, field by field. */
export class BadSchedule extends Error {
  override name = "BadSchedule";
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const [first] = faults;
    super(first ? faultText(first) : "nothing was given");
    this.faults = faults;
  }
}

/** A fault in one line: `roster, line 7: that is no e-mail address`. */
export function faultText({ field, line, message }: Fault): string {
  return `${field}${line === undefined ? "" : `, line ${line}`}: ${message}`;
}

const LONGEST_ROOM = 500;
const LONGEST_TITLE = 300;
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:00(\.0+)?)?$/;

const text = (longest: number) =>
  z
    .string({ error: "must be text" })
    .transform((given) => given.trim())
    .refine((given) => given.length <= longest, `is longer than ${longest} characters`)
    .refine((given) => !/\p{Cc}/u.test(given), "has characters that cannot be written");
const needed = (longest: number) => text(longest).refine((given) => given !== "", "is missing");
const delay = (byDefault: Ms) =>
  z
    .int({ error: "must be a whole number of milliseconds" })
    .min(0, "must not be negative")
    .max(LONGEST_SCHEDULED_MS, "must not be longer than a day")
    .nullish()
    .transform((ms) => ms ?? byDefault);

const shape = z.object({
  source: z.string({ error: "is missing" }),
  room: needed(LONGEST_ROOM),
  title: text(LONGEST_TITLE).nullish(),
  starts_at: z.string({ error: "is missing" }),
  ends_at: z.string({ error: "is missing" }),
  tz: z.string({ error: "must be text" }).nullish(),
  late_after_ms: delay(DEFAULT_LATE_AFTER_MS),
  verdict_after_ms: delay(DEFAULT_VERDICT_AFTER_MS),
});
const repeatShape = z.object({
  repeat: z
    .object(
      {
        weekdays: z
          .array(z.int().min(1).max(7), { error: "must be days, 1 for Monday to 7 for Sunday" })
          .min(1, "must be one day at least")
          .max(7, "must be days of one week"),
        until: z.string().refine(isDay, "must be a day such as 2026-12-18").nullish(),
      },
      { error: "must say weekdays, and until when" },
    )
    .nullish(),
});
const listShape = z.object({
  class_list: z.string({ error: "must be the id of a class list, or null" }).nullish(),
});
export const byShape = z.object({ by: text(100).nullish() });

/** All that a scheduled meeting is sent with. It is read part by part, so that every mistake can be named. */
export const scheduleShape = z.object({
  ...shape.shape,
  ...repeatShape.shape,
  ...listShape.shape,
  ...rosterShape.shape,
  ...byShape.shape,
});

export interface Given {
  schedule: Schedule;
  /** `null` where none was given. */
  roster: Roster | null;
  /** How the text of a roster was understood; `null` where none was given as text. */
  reading: RosterReading | null;
  /** Repeats every week from its own day on; `null` ends that, `undefined` leaves it as it is. */
  weekly: Weekly | null | undefined;
  /** The name that the sender gave; `null` for none. */
  by: string | null;
}

/**
 * Reads a scheduled meeting from a request's body. `roster` is pasted text or a list of people. A time is
 * RFC 3339, or local time in `tz`, which then has to be unambiguous. Throws `BadSchedule` with all faults.
 */
export async function scheduleIn(body: unknown): Promise<Given> {
  const read = shape.safeParse(body);
  const faults: Fault[] = read.success ? [] : read.error.issues.map(faultOf);
  const { roster, reading, faults: rosterFaults } = rosterIn(body);
  faults.push(...rosterFaults);
  const schedule = read.success ? await scheduleOf(read.data, faults) : null;
  const classListId = await classListIn(body, faults);
  if (classListId && roster !== null && roster.length > 0) {
    faults.push({ field: "class_list", message: "takes the place of a roster: give one of them" });
  }
  const weekly = schedule && weeklyIn(body, schedule, faults);
  if (schedule === null || faults.length > 0) throw new BadSchedule(faults);
  return {
    schedule: { ...schedule, ...(classListId !== undefined && { classListId }) },
    // An empty roster beside a class list counts as none.
    roster: classListId ? null : roster,
    reading,
    weekly: weekly ?? (hasNull(body, "repeat") ? null : undefined),
    by: byIn(body),
  };
}

/** On which days of the week a meeting repeats. Its times of day are those of its first day. */
function weeklyIn(body: unknown, schedule: Schedule, faults: Fault[]): Weekly | null {
  const read = repeatShape.safeParse(body);
  if (!read.success) {
    faults.push(
      ...read.error.issues.map(({ path, message }) => ({
        field: path.join(".") || "body",
        message,
      })),
    );
    return null;
  }
  const { repeat } = read.data;
  if (repeat === null || repeat === undefined) return null;
  const offsetAt = offsetIn(schedule.timeZone);
  const from = localOf(schedule.startsAt, offsetAt);
  const weekdays = [...new Set(repeat.weekdays)].toSorted((a, b) => a - b);
  const lastDay = repeat.until ?? null;
  if (!weekdays.includes(weekdayOf(from.day))) {
    const message = `must have the day of the first meeting, ${weekdayOf(from.day)}`;
    faults.push({ field: "repeat.weekdays", message });
  }
  if (lastDay !== null && lastDay < from.day) {
    faults.push({ field: "repeat.until", message: "must not be before the first meeting" });
  }
  const toTime = localOf(schedule.endsAt, offsetAt).time;
  return { weekdays, fromTime: from.time, toTime, firstDay: from.day, lastDay };
}

function hasNull(body: unknown, name: string): boolean {
  return typeof body === "object" && body !== null && Reflect.get(body, name) === null;
}

/** The class list given instead of a roster; `undefined` where the body names none. */
async function classListIn(body: unknown, faults: Fault[]): Promise<string | null | undefined> {
  const read = listShape.safeParse(body);
  const id = read.success ? read.data.class_list : undefined;
  if (!read.success) faults.push(...read.error.issues.map(faultOf));
  if (id === null || id === undefined) return id;
  if ((await classListById(database().orm, id)) !== null) return id;
  faults.push({ field: "class_list", message: "is no class list" });
  return null;
}

/** The name that the sender gave in `by`; `null` for none. */
export function byIn(body: unknown): string | null {
  const read = byShape.safeParse(body);
  return (read.success ? read.data.by : null) || null;
}

async function scheduleOf(given: z.infer<typeof shape>, faults: Fault[]): Promise<Schedule> {
  const timeZone = zoneOf(given.tz, faults);
  const startsAt = momentIn("starts_at", given.starts_at, timeZone, faults);
  const endsAt = momentIn("ends_at", given.ends_at, timeZone, faults);
  if (startsAt !== null && endsAt !== null) {
    if (endsAt <= startsAt) faults.push({ field: "ends_at", message: "must be after the start" });
    else if (endsAt - startsAt > LONGEST_SCHEDULED_MS) {
      faults.push({ field: "ends_at", message: "must be within a day of the start" });
    }
  }
  const source = isUuid(given.source) && (await sourceById(database().orm, given.source));
  if (!source) faults.push({ field: "source", message: "is no source" });
  return {
    sourceId: given.source,
    room: given.room,
    title: given.title || null,
    startsAt: startsAt ?? 0,
    endsAt: endsAt ?? 0,
    timeZone,
    lateAfterMs: given.late_after_ms,
    verdictAfterMs: given.verdict_after_ms,
  };
}

function zoneOf(tz: string | null | undefined, faults: Fault[]): string {
  if (tz === null || tz === undefined || tz === "") return installationTimeZone();
  if (isTimeZone(tz)) return tz;
  faults.push({ field: "tz", message: "must be the name of a time zone such as Europe/Berlin" });
  return installationTimeZone();
}

function momentIn(field: string, text: string, timeZone: string, faults: Fault[]): Ms | null {
  const given = text.trim();
  const exact = MOMENT.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(exact) && exact >= 0) return exact;
  const local = LOCAL.exec(given);
  const offsetAt = offsetIn(timeZone);
  const resolved = local === null ? null : atLocal(local[1] ?? "", local[2] ?? "", offsetAt);
  const wrong = (message: string) => {
    faults.push({ field, message });
    return null;
  };
  switch (resolved?.kind) {
    case "once":
      return resolved.at >= 0 ? resolved.at : wrong("must be after 1970");
    case "twice": {
      const [one, other] = [resolved.first, resolved.second].map((at) => offsetWords(offsetAt(at)));
      return wrong(
        `comes twice that night in ${timeZone}, where clocks are set back: write ${one} or ${other} behind it`,
      );
    }
    case "never":
      return wrong(
        `does not exist in ${timeZone}: clocks go from ${resolved.from} to ${resolved.to} that day`,
      );
    case undefined:
      return wrong("must be a time such as 2026-11-20T10:00:00+01:00, or 2026-11-20T10:00 in tz");
    default:
      return resolved satisfies never;
  }
}

function faultOf({ path, message }: { path: PropertyKey[]; message: string }): Fault {
  return { field: String(path[0] ?? "body"), message };
}
