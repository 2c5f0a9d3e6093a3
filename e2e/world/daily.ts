import { createHmac, randomUUID } from "node:crypto";
import { deliver, type Letter, type Source } from "./http.ts";

/** A person as Daily knows them: a connection, and perhaps an account and the right to host. */
export interface Guest {
  session: string;
  name: string | null;
  userId?: string;
  owner?: boolean;
}

/** A new connection of a person. */
export function guest(name: string | null, about: Omit<Partial<Guest>, "name"> = {}): Guest {
  return { session: randomUUID(), name, ...about };
}

/** Signs as Daily does: base64 HMAC-SHA256 over `timestamp.body` with the decoded secret. */
export function signedByDaily(body: string, secret: string, now = Date.now()): Letter {
  const key = Buffer.from(secret, "base64");
  const signature = createHmac("sha256", key).update(`${now}.${body}`).digest("base64");
  return {
    body,
    headers: { "x-webhook-signature": signature, "x-webhook-timestamp": String(now) },
  };
}

type Times = { at?: number; since?: number };

/** One room of Daily, which reports its events. Times are epoch ms; now where none is given. */
export class DailyRoom {
  readonly name: string;
  readonly #source: Source;
  readonly #since = new Map<string, number>();
  #meetingId: string | null = null;
  #startedAt = 0;

  constructor(source: Source, name: string) {
    this.#source = source;
    this.name = name;
  }

  knocks(who: Guest, at = Date.now()): Promise<Letter> {
    this.#since.set(`wait ${who.session}`, at);
    return this.#send("waiting-participant.joined", this.#connection(who, at), at);
  }

  /** The wait is over; Daily reports the same where the person was admitted and where they gave up. */
  stopsWaiting(who: Guest, { at = Date.now(), since }: Times = {}): Promise<Letter> {
    const from = since ?? this.#since.get(`wait ${who.session}`) ?? at;
    const payload = { ...this.#connection(who, from), duration: (at - from) / 1000 };
    return this.#send("waiting-participant.left", payload, at);
  }

  joins(who: Guest, at = Date.now()): Promise<Letter> {
    this.#since.set(`stay ${who.session}`, at);
    return this.#send("participant.joined", this.#connection(who, at), at);
  }

  /** With `since` and `at` the leave alone reports a whole stay. */
  leaves(who: Guest, { at = Date.now(), since }: Times = {}): Promise<Letter> {
    const from = since ?? this.#since.get(`stay ${who.session}`) ?? at;
    const payload = { ...this.#connection(who, from), duration: (at - from) / 1000 };
    return this.#send("participant.left", payload, at);
  }

  begins(at = Date.now()): Promise<Letter> {
    this.#meetingId = randomUUID();
    this.#startedAt = at;
    const payload = { start_ts: at / 1000, meeting_id: this.#meetingId, room: this.name };
    return this.#send("meeting.started", payload, at);
  }

  ends(at = Date.now()): Promise<Letter> {
    const payload = {
      start_ts: Math.floor((this.#startedAt || at) / 1000),
      end_ts: at / 1000,
      meeting_id: this.#meetingId ?? randomUUID(),
      room: this.name,
    };
    return this.#send("meeting.ended", payload, at);
  }

  /** Sends the very same bytes once more. */
  async repeats({ body }: Letter): Promise<void> {
    await deliver(this.#source, signedByDaily(body, this.#source.secret), "repeated");
  }

  async #send(type: string, payload: object, at: number): Promise<Letter> {
    const envelope = { version: "1.0.0", type, id: `1-${randomUUID()}`, payload };
    const body = JSON.stringify({ ...envelope, event_ts: (at + 1) / 1000 });
    const letter = signedByDaily(body, this.#source.secret);
    await deliver(this.#source, letter);
    return letter;
  }

  #connection({ session, name, userId, owner = false }: Guest, joinedAt: number): object {
    return {
      room: this.name,
      ...(userId !== undefined && { user_id: userId }),
      user_name: name,
      session_id: session,
      joined_at: joinedAt / 1000,
      will_eject_at: null,
      owner,
      permissions: {
        hasPresence: true,
        canSend: true,
        canReceive: { base: true },
        canAdmin: owner,
      },
    };
  }
}
