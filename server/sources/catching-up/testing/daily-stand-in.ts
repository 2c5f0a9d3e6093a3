import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import { StandIn, type ToldDelivery } from "./stand-in.ts";

const PAGE = 20;

const told = z.object({
  id: z.string(),
  type: z.string(),
  payload: z.looseObject({
    room: z.string().optional(),
    session_id: z.string().optional(),
    user_id: z.string().nullish(),
    user_name: z.string().nullish(),
    joined_at: z.number().optional(),
    duration: z.number().optional(),
    meeting_id: z.string().nullish(),
    start_ts: z.number().nullish(),
    end_ts: z.number().optional(),
  }),
});

interface Visit {
  room: string;
  session: string;
  userId: string | null;
  name: string | null;
  joinedAt: Ms;
  leftAt: Ms;
}

/** Daily's API over what a script has happen, as its documentation has it. */
export class DailyStandIn {
  readonly http: StandIn;
  /** Where its webhook sends, and whether it is switched on; `null` for none. */
  webhook: { url: string; state: string } | null = null;
  readonly #now: () => Ms;
  readonly #all: (ToldDelivery & { json: z.infer<typeof told> })[];
  readonly #isTaken: (sentAt: Ms) => boolean;
  readonly #isSent: (sentAt: Ms) => boolean;

  /** `isTaken`: whether what was sent then was answered 200. `isSent`: whether its webhook was on. */
  constructor(
    key: string,
    all: readonly ToldDelivery[],
    {
      now,
      isTaken,
      isSent = () => true,
    }: { now: () => Ms; isTaken: (sentAt: Ms) => boolean; isSent?: (sentAt: Ms) => boolean },
  ) {
    this.#now = now;
    this.#isTaken = isTaken;
    this.#isSent = isSent;
    this.#all = all.map((one) => ({ ...one, json: told.parse(JSON.parse(one.body)) }));
    this.http = new StandIn(`Bearer ${key}`, (url) => this.#answer(url));
  }

  #answer({ pathname, searchParams }: URL): unknown {
    const after = searchParams.get("starting_after");
    switch (pathname) {
      case "/webhooks":
        return this.webhook === null ? [] : [{ uuid: "w-1", ...this.webhook }];
      case "/presence":
        return this.#presence();
      case "/logs/api":
        return pageAfter(this.#log(), after);
      case "/meetings": {
        const from = Number(searchParams.get("timeframe_start"));
        const all = this.#meetings().filter(({ start_time }) => start_time >= from);
        return { total_count: all.length, data: pageAfter(all, after) };
      }
      default:
        return undefined;
    }
  }

  #log() {
    return this.#all
      .filter(({ sendAt }) => sendAt <= this.#now() && this.#isSent(sendAt))
      .map(({ sendAt, body }, index) => ({
        ...{ id: `log-${index}`, source: "webhook", url: this.webhook?.url ?? null },
        ...{ method: "POST", status: this.#isTaken(sendAt) ? "200" : "503" },
        ...{ createdAt: new Date(sendAt).toISOString(), request: body, response: "" },
      }))
      .toReversed();
  }

  #presence() {
    const now = this.#now();
    const rooms = Map.groupBy(
      this.#visits().filter(({ leftAt }) => leftAt > now),
      ({ room }) => room,
    );
    const meetings = this.#meetings();
    return Object.fromEntries(
      [...rooms].map(([room, visits]) => [
        room,
        visits.map(({ session, userId, name, joinedAt }) => ({
          ...{ room, id: session, userId, userName: name },
          mtgSessionId: meetings.find((one) => one.room === room && one.ongoing)?.id ?? null,
          ...{ joinTime: new Date(joinedAt).toISOString(), duration: (now - joinedAt) / 1_000 },
        })),
      ]),
    );
  }

  #meetings() {
    const now = this.#now();
    const visits = this.#visits();
    return this.#all
      .flatMap(({ json: { type, payload } }) => {
        const { meeting_id: id, room = "", start_ts } = payload;
        if (type !== "meeting.started" || id == null || start_ts == null) return [];
        const from = start_ts * 1_000;
        if (from > now) return [];
        const ended = this.#all.find(
          ({ json }) => json.type === "meeting.ended" && json.payload.meeting_id === id,
        );
        const to = (ended?.json.payload.end_ts ?? Infinity) * 1_000;
        const own = visits.filter(
          (one) => one.room === room && one.joinedAt >= from - 5_000 && one.joinedAt <= to,
        );
        return [
          {
            ...{ id, room, start_time: Math.floor(from / 1_000), ongoing: to > now },
            duration: Math.floor((Math.min(to, now) - from) / 1_000),
            participants: own.map(({ session, userId, name, joinedAt, leftAt }) => ({
              ...{ participant_id: session, user_id: userId, user_name: name },
              join_time: Math.floor(joinedAt / 1_000),
              duration: Math.floor((Math.min(leftAt, now) - joinedAt) / 1_000),
            })),
          },
        ];
      })
      .toSorted((a, b) => b.start_time - a.start_time);
  }

  /** Who came so far, and when they will leave. */
  #visits(): Visit[] {
    const leaves = new Map(
      this.#all.flatMap(({ json: { type, payload } }) =>
        type === "participant.left" && payload.joined_at !== undefined
          ? [[payload.session_id, (payload.joined_at + (payload.duration ?? 0)) * 1_000] as const]
          : [],
      ),
    );
    const seen = new Set<string>();
    return this.#all.flatMap(({ json: { type, payload } }) => {
      const { room, session_id: session, joined_at } = payload;
      if (type !== "participant.joined" || room === undefined) return [];
      if (session === undefined || joined_at === undefined || seen.has(session)) return [];
      seen.add(session);
      const joinedAt = joined_at * 1_000;
      if (joinedAt > this.#now()) return [];
      const who = { userId: payload.user_id ?? null, name: payload.user_name ?? null };
      return [{ room, session, ...who, joinedAt, leftAt: leaves.get(session) ?? Infinity }];
    });
  }
}

function pageAfter<T extends { id: string }>(all: readonly T[], after: string | null): T[] {
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  return all.slice(from, from + PAGE);
}
