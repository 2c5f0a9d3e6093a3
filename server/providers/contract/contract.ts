import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import type { MeetingEvent, ObserverLeft } from "#domain/event/event.ts";
import type { CalendarEvent } from "#domain/scheduled/calendar/calendar-event.ts";
import type { KnownRoom } from "#domain/sources/catching-up/known.ts";
import type { WebhookAtProvider } from "#domain/sources/catching-up/webhook-state.ts";
import type { ConnectWords } from "#domain/sources/connect-words.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ApiFacts, ProviderApi } from "./provider-api.ts";
import type { SecretForm } from "./secret.ts";

/** Why a delivery was refused. Nothing of a refused delivery is stored. */
export type SignatureRefusal =
  | "signature_missing"
  | "signature_mismatch"
  | "timestamp_missing"
  | "timestamp_outside_tolerance";

export type Verification = { ok: true } | { ok: false; refusal: SignatureRefusal };

/** One webhook request before it is verified. */
export interface WebhookRequest {
  /** The exact bytes of the body. */
  raw: Uint8Array;
  header: (name: string) => string | null;
  /** A parameter of the address. */
  query: (name: string) => string | null;
  /** What the path has after the source's own, one of the provider's `paths`; else empty. */
  path: string;
  /** Live secrets of the source, of the provider's own kind, newest first. Any of them may have signed. */
  secrets: readonly string[];
  /** When the request arrived. */
  now: Ms;
  /** How far the signed timestamp may be from `now`; `null` accepts any age. */
  toleranceMs: Ms | null;
}

/** An answer to a request that carries no delivery, but asks whether somebody listens here. */
export interface ChallengeAnswer {
  contentType: string;
  body: string;
}

/** The events of one delivery, all in one room. A body may tell several, as a line of a file does a whole stay. */
export interface RoomEvents {
  /** The room's key within the source, as the provider names it. */
  room: string;
  /** The room's title from the provider or the user's own metadata; else `null`. */
  title: string | null;
  /** Where the meeting is held, as its address: the same for every observer that is sent there. Absent where not said. */
  place?: string;
  /** None where only the room itself is told of. */
  events: MeetingEvent[];
}

/**
 * What a verified body was read as.
 *
 * `id` names the delivery within its source: a second delivery with the same `id` is a repeat.
 * `occurrence` names what happened, which may arrive more than once through several subscriptions: a second
 * delivery with the same content is a repeat. It equals `id` where the provider gives nothing better.
 * `room` is the key of the room that a body without events names; `null` for none that can be stored.
 */
export type DeliveryReading =
  | { kind: "events"; id: string; occurrence: string; type: string; about: RoomEvents }
  | { kind: "ignored"; id: string; occurrence: string; type: string; room: string | null }
  | { kind: "unreadable"; reason: string; type: string | null; room: string | null };

/**
 * One provider of meeting webhooks. Everything Rollcall knows about it is in its folder.
 */
export interface Provider<Name extends string = string> {
  /** As in the path of its webhooks, in the database and in the API. */
  name: Name;
  /** What people call it. */
  title: string;
  /** A room is a series of meetings with an empty gap between them, or a single meeting. */
  meetings: "by_gap" | "one_per_room";
  /** Whether a user id names the same person in every meeting, or only inside one. */
  userIdsLast: boolean;
  /** After this long without any event the observer is taken to be gone; `null` where silence proves nothing. */
  silenceMs: Ms | null;
  /** After so many failed deliveries in a row the provider may stop sending; `null` where it goes on. */
  givesUpAfter: number | null;
  /** What it may add to a source's path, such as `joined` in `…/{source}/joined`. Other paths are 404. */
  paths: readonly string[];
  /** What its secrets are. */
  secret: SecretForm;
  /** The words for its own reasons why an observer is gone; empty where it reports none. */
  observerReasons: ProviderWords["observerReasons"];
  /** How a source of it is connected; `null` where nobody connects one, and nothing is sent to it. */
  connect: Connecting | null;
  /** Its own API; `null` where it has none, or nothing is asked of it. */
  api: ApiFacts | null;
  /** How a webhook is made there; `null` where its API cannot, or nobody did it yet. */
  webhookMaker: WebhookMaker | null;
  /** What it does beside what its bodies say, for the demonstration; `null` where nothing is invented for it. */
  habits: Habits | null;
  /**
   * What each field of its bodies is, wherever it stands, for a file in which everything is made up that says who or
   * where; `null` where bodies are left out of it. Of any other field even the name is made up.
   */
  bodyFields: Readonly<Record<string, BodyField>> | null;
  /**
   * The answer, with 200, to a request that is no delivery; `null` for every other. Nothing of it is stored.
   * It may be unsigned: what is made with a secret must only answer where `check` is ok, or anybody could have
   * anything signed.
   */
  challenge(request: WebhookRequest, check: Verification): ChallengeAnswer | null;
  /** Over the raw bytes, in constant time; parses nothing it does not need for the signature. */
  verify(request: WebhookRequest): Verification;
  /** Never throws: what cannot be read is `unreadable`, with a reason an operator can act on. */
  read(raw: Uint8Array): DeliveryReading;
  /**
   * Signs a body as the provider would and returns the headers to send it with.
   * For the simulator, the tests and the benchmarks; `verify` accepts what this makes.
   */
  sign(body: string, secret: string, now: Ms): Record<string, string>;
  /**
   * The body with which the provider reports `event`, as delivery `id`; `null` where it never reports such a thing.
   * `read` makes the same event of it, but for what the provider does not say.
   */
  speak(event: MeetingEvent, room: string, id: string, beside?: Beside): string | null;
  /** A body about anything but attendance, as delivery `id`, which `read` ignores; `null` where it sends none. */
  digress(room: string, at: Ms, id: string): string | null;
  /**
   * What happened since then by the provider's own API, for what its webhooks may have missed: bodies that `read`
   * reads, so that what is found is a delivery like any other. What was told already is passed over by whoever asks. It
   * throws what the API's client throws. Left out
   * where the provider has no such API, or nothing reads it back yet.
   */
  catchUp?(asking: CatchUpAsking): AsyncIterable<CatchUpFind>;
  /**
   * What calendars it knows of say is to take place. It throws what the API's client throws. Left out where it knows of
   * none.
   */
  calendar?(asking: CalendarAsking): AsyncIterable<CalendarFind>;
  /** What can be done in its meetings through its own API; empty where that is nothing. */
  acts: ProviderActs;
}

/**
 * What is done in a meeting through a provider's own API, each left out where the provider has no such thing. That it
 * returns means that the provider took it; whether it came about is only known when the provider reports it. All of
 * them throw `ProviderApiFailure`. A room and connections are given as the provider names them.
 */
export type ProviderActs = {
  readonly [Kind in ActKind]?: (api: ProviderApi, act: Act) => Promise<ActAnswer>;
};

interface Act {
  room: string;
  /** The open connections of whom it is about; empty for what is about a whole room. */
  participantIds: readonly string[];
  /** How whoever does it is called in the meeting. */
  name: string;
  now: Ms;
}

/** What comes back: an address to be opened by whoever asked, which is theirs alone; `null` where there is none. */
export interface ActAnswer {
  url: string | null;
}

/**
 * What a field of a body is: plain (a type, a time, a state) is kept, and what is inside another is looked at field by
 * field.
 */
export type BodyField = "plain" | "name" | "id" | "text" | "inside";

/** What is asked for, to catch up with a source. */
export interface CatchUpAsking {
  api: ProviderApi;
  since: Ms;
  now: Ms;
  /** What the last time left as its `place`; `null` the first time. */
  place: string | null;
  /** The path to which its webhooks are sent: what was delivered there is not missing. */
  webhookPath: string;
  /** The rooms in which something went on since then, or still does, with what was found so far. */
  known: () => Promise<readonly KnownRoom[]>;
}

/** What is asked for, to read calendars. */
export interface CalendarAsking {
  api: ProviderApi;
  /** What the last time left as its `place`: what did not change since is passed over. `null` for everything there is. */
  place: string | null;
  now: Ms;
}

/** An event of a calendar as it is now; or where the next reading goes on. */
export type CalendarFind = { event: CalendarEvent } | { place: string };

/** A body that tells what happened; or where a list of all there ever was goes on the next time. */
export type CatchUpFind = { body: string } | { place: string };

/** What an event does not say, and a provider may report with it. */
export interface Beside {
  /** What people call the room. */
  title?: string | null;
  /** The wait that is over did not end with an admission. */
  isRefused?: boolean;
}

/** What a provider does, beside what its bodies say. Shares are from 0 to 1. */
export interface Habits {
  /** A body that asks, unsigned, whether somebody listens: `challenge` answers it. `null` where it never asks. */
  ping: string | null;
  /** Of the admissions: how many are only seen by the join, without a report that the wait is over. */
  silentAdmissions: number;
  /** Of the admissions: how many come in as another connection than the one that waited. */
  newConnections: number;
  /** How long a room is empty before the provider reports that its meeting ended. */
  endsAfterMs: Ms;
  /** How its observer leaves; `null` where it has none and sees everybody itself. */
  observer: ObserverHabits | null;
}

type Leaving = Omit<ObserverLeft, "type" | "at">;

/** How an observer leaves, as it is read. */
export interface ObserverHabits {
  /** Someone told it to leave; the meeting ended; it broke down. */
  told: Leaving;
  ended: Leaving;
  failed: Leaving;
  /** What is reported once more when all is wound up, unless it failed. */
  woundUp: Leaving;
}

/** How an operator connects a source, in words. */
export type Connecting = ConnectWords & Omit<ProviderWords, "name" | "title" | "observerReasons">;

/** A webhook to be made at a provider. */
export interface NewWebhook {
  /** The whole public address. */
  url: string;
  /** The secret with which it is to sign. */
  secret: string;
}

/** A webhook as it is at the provider: one that has that address already is `updated`. */
export interface WebhookMade {
  id: string;
  made: "created" | "updated";
}

/** What we do for an operator at a provider, with a key of theirs. */
export interface WebhookMaker {
  /** Makes the webhook, or brings it up to date. Throws `ProviderApiFailure`. */
  make(api: ProviderApi, webhook: NewWebhook): Promise<WebhookMade>;
  /** How the webhook stands that sends to an address with this path. Throws `ProviderApiFailure`. */
  stateOf(api: ProviderApi, path: string): Promise<WebhookAtProvider>;
}
