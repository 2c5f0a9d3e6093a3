import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import { StandIn, type ToldDelivery } from "./stand-in.ts";

const PAGE = 25;
const CALENDAR_PAGE = 100;

interface CalendarListed {
  updated_at: string;
}

const told = z.object({
  bot_id: z.string(),
  bot_metadata: z.record(z.string(), z.unknown()).nullable(),
  trigger: z.string(),
  data: z.looseObject({
    id: z.string().optional(),
    event_type: z.string().optional(),
    event_sub_type: z.string().nullish(),
    created_at: z.string().optional(),
    timestamp_ms: z.number().optional(),
    participant_uuid: z.string().optional(),
    participant_user_uuid: z.string().nullish(),
    participant_name: z.string().nullish(),
    participant_is_host: z.boolean().nullish(),
  }),
});

type Json = z.infer<typeof told>;

const STATE: Record<string, string> = {
  join_requested: "joining",
  joined_meeting: "joined_not_recording",
  leave_requested: "leaving",
  left_meeting: "post_processing",
  meeting_ended: "post_processing",
  post_processing_completed: "ended",
  could_not_join_meeting: "fatal_error",
  fatal_error: "fatal_error",
};

interface BotChange {
  type: string;
  created_at: string;
  sub_type?: string;
}

/** Attendee's API over what a script has happen, as its facts have it: 25 a page, oldest first, cursors. */
export class AttendeeStandIn {
  readonly http: StandIn;
  /** Who is host now, other than by what was told: by connection. */
  readonly hosts = new Map<string, boolean>();
  /** The addresses of bots that were sent to one: each other has an address of its own. */
  readonly addresses = new Map<string, string>();
  /** What its users' calendars have; `null` for a version that knows of none. */
  calendar: (CalendarListed & object)[] | null = null;
  readonly #now: () => Ms;
  readonly #all: (ToldDelivery & { json: Json })[];

  constructor(key: string, all: readonly ToldDelivery[], now: () => Ms) {
    this.#now = now;
    this.#all = all.map((one) => ({ ...one, json: told.parse(JSON.parse(one.body)) }));
    this.http = new StandIn(`Token ${key}`, (url) => this.#answer(url));
  }

  #answer(url: URL): unknown {
    const [, list, id, part] = url.pathname.split("/");
    if (list === "calendar_events" && this.calendar !== null) {
      const after = url.searchParams.get("updated_after") ?? "1970-01-01T00:00:00Z";
      const own = this.calendar.filter(
        ({ updated_at }) => Date.parse(updated_at) >= Date.parse(after),
      );
      const newest = own.toSorted((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at));
      return pageOf(newest, url, CALENDAR_PAGE);
    }
    if (list !== "bots") return undefined;
    if (id === undefined) {
      const states = url.searchParams.getAll("states");
      // Of these none was scheduled.
      if (url.searchParams.has("join_at_after")) return pageOf([], url);
      return pageOf(
        this.#bots().filter(({ state }) => states.length === 0 || states.includes(state)),
        url,
      );
    }
    const bot = this.#bots().find((one) => one.id === id);
    if (bot === undefined || part === undefined) return bot;
    const own = this.#of(id);
    if (part === "participants") return pageOf(this.#participants(own), url);
    const after = Date.parse(url.searchParams.get("after") ?? "1970-01-01");
    const events = own.filter(({ at, json }) => json.data.timestamp_ms !== undefined && at > after);
    return pageOf(distinct(events.flatMap(({ json: { data } }) => (data.id ? [data] : []))), url);
  }

  #of(bot: string) {
    return this.#all.filter(({ at, json }) => json.bot_id === bot && at <= this.#now());
  }

  #bots() {
    const ids = [...new Set(this.#all.map(({ json }) => json.bot_id))];
    return ids.flatMap((id) => {
      const own = this.#of(id);
      if (own.length === 0) return [];
      const events = changesOf(own.map(({ json }) => json));
      const last = events.at(-1)?.type ?? "";
      const metadata =
        own.find(({ json }) => json.bot_metadata !== null)?.json.bot_metadata ?? null;
      return [
        {
          id,
          metadata,
          meeting_url: this.addresses.get(id) ?? `https://meet.example.com/${id}`,
          state: STATE[last] ?? "ready",
          events,
        },
      ];
    });
  }

  #participants(own: readonly { json: Json }[]) {
    const rows = new Map<string, object>();
    for (const { json } of own) {
      const { participant_uuid: uuid, participant_is_host: isHost } = json.data;
      if (uuid === undefined) continue;
      rows.set(uuid, {
        ...{ id: `par_${uuid}`, name: json.data.participant_name ?? null, uuid },
        user_uuid: json.data.participant_user_uuid ?? null,
        is_host: this.hosts.get(uuid) ?? isHost === true,
      });
    }
    return [...rows.values()];
  }
}

/** Each change once. A bot that is told to leave is leaving before it has left. */
function changesOf(bodies: readonly Json[]): BotChange[] {
  const changes = bodies.flatMap(({ trigger, data }): BotChange[] => {
    const { event_type: type, event_sub_type, created_at } = data;
    if (trigger !== "bot.state_change" || type === undefined || created_at === undefined) return [];
    // The script has bots ask to come in at any time.
    if (type === "join_requested") return [];
    const change = {
      type,
      created_at,
      ...(event_sub_type != null && { sub_type: event_sub_type }),
    };
    return type === "left_meeting" ? [{ type: "leave_requested", created_at }, change] : [change];
  });
  const byName = new Map(changes.map((change) => [`${change.type} ${change.created_at}`, change]));
  return [...byName.values()].toSorted(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at),
  );
}

function distinct<T extends { id?: string | undefined }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function pageOf(all: readonly object[], url: URL, size = PAGE) {
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const next = new URL(url);
  next.searchParams.set("cursor", String(from + size));
  return {
    next:
      from + size < all.length
        ? `https://app.attendee.dev/api/v1${next.pathname}${next.search}`
        : null,
    previous: null,
    results: all.slice(from, from + size),
  };
}
