import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChangedNotification, listen } from "#db/connection/bus.ts";
import type { Database, Sql } from "#db/connection/client.ts";
import { countOpenAlerts } from "#db/desk/alerts/alerts.ts";
import { listRules } from "#db/desk/alerts/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { workAlone } from "#server/runtime/jobs/work-alone.ts";
import { Rest } from "#server/runtime/rest.ts";
import type { ChannelSending } from "./channels/send.ts";
import { ChannelSender } from "./channels/sender.ts";
import { type Evaluation, evaluateNow } from "./evaluation.ts";
import { FactsInMemory } from "./read-facts.ts";

const WATCHING_LOCK = 0x57415443;
/** How soon another process notices that nobody evaluates. */
const STAND_BY_MS: Ms = 2_000;
/** How often is looked at least: the clock may be set, and sources fall silent. */
const EVERY_MS: Ms = 15_000;
/** How often everything is read anew, for what no notification named. */
const ALL_EVERY_MS: Ms = 600_000;
/** At most one part in so many of the time is spent on evaluating. */
const SHARE = 3;
const LEAST_REST_MS: Ms = 100;

interface Parts {
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
  sending: ChannelSending;
}

/**
 * Sees to alerts in one process of all that run: it evaluates the rules soon after the bus said that something changed,
 * and when the clock alone changes something. As long as there is no rule it does nothing.
 */
export class AlertWatch {
  readonly #parts: Parts;
  readonly #channels: ChannelSender;
  readonly #stopping = new AbortController();
  readonly #rest = new Rest(this.#stopping.signal);
  #running: Promise<void> | null = null;
  /** The meetings that changed since facts were read; `null` for any. */
  #changed: Set<string> | null = null;
  /** Whether it is this process that evaluates. */
  #isWatching = false;
  #areSourcesNews = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#channels = new ChannelSender(parts, parts.sending);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database, log } = this.#parts;
    const unlisten = await this.#listening();
    const alone = {
      ...{ database, lock: WATCHING_LOCK, log, failed: "alerts could not be evaluated" },
      isAsked: () => {
        this.#rest.begin();
        return this.#isAsked();
      },
      work: (session: Sql, signal: AbortSignal) => this.#evaluate(session, signal),
      ended: () => {
        this.#isWatching = false;
        return this.#channels.ended();
      },
      standBy: () => this.#rest.take(STAND_BY_MS),
    };
    await workAlone(alone, this.#stopping.signal);
    await unlisten();
  }

  async #listening(): Promise<() => Promise<void>> {
    const { database, log } = this.#parts;
    try {
      return await listen(
        database.sql,
        (notification) => this.#heard(notification),
        () => this.#heardAll(),
      );
    } catch (error) {
      log.error({ err: error }, "what alerts are about is noticed later");
      return async () => undefined;
    }
  }

  #heard({ changes, merged, isGone, refusals, alerts, house }: ChangedNotification): void {
    if (isGone) this.#changed = null;
    for (const { id } of changes) this.#changed?.add(id);
    for (const { from, into } of merged) this.#changed?.add(from).add(into);
    this.#areSourcesNews ||= refusals;
    const isOfFacts =
      changes.length + merged.length > 0 || refusals || isGone || house === "groups";
    // Whoever does not evaluate asks nothing because of a webhook.
    if (alerts || (this.#isWatching && isOfFacts)) this.#rest.wake();
  }

  #heardAll(): void {
    this.#changed = null;
    this.#rest.wake();
  }

  /** Whether there is a rule, an alert that one left behind, or something that a channel is to be told. */
  async #isAsked(): Promise<boolean> {
    const { orm } = this.#parts.database;
    const rules = await listRules(orm);
    if (rules.some(({ isOn }) => isOn) || (await countOpenAlerts(orm)) > 0) return true;
    return (await this.#channels.nextAt()) !== null;
  }

  /** Evaluates as long as the lock is held, and there is anything to evaluate or to be told. */
  async #evaluate(session: Sql, signal: AbortSignal): Promise<void> {
    const { database, now } = this.#parts;
    const facts = new FactsInMemory(database);
    this.#isWatching = true;
    this.#changed = null;
    let allAt = now() + ALL_EVERY_MS;
    while (!signal.aborted) {
      const begun = performance.now();
      const at = now();
      if (at >= allAt) {
        this.#changed = null;
        allAt = at + ALL_EVERY_MS;
      }
      const { nextAt, isAnyOn } = await this.#look(facts, at);
      // Without its session another process may hold the lock by now.
      await session`select 1`;
      const took = performance.now() - begun;
      const restMs = Math.max(LEAST_REST_MS, took * (SHARE - 1));
      await sleep(restMs, undefined, { signal }).catch(() => undefined);
      this.#channels.wake(signal);
      const toldAt = await this.#channels.nextAt();
      if (!isAnyOn && toldAt === null) return;
      const next = [nextAt, toldAt].flatMap((moment) => moment ?? []);
      const untilNext = Math.min(EVERY_MS, ...next.map((moment) => moment - now()));
      await this.#rest.take(Math.max(0, untilNext));
    }
  }

  async #look(facts: FactsInMemory, at: Ms): Promise<Evaluation> {
    const { database } = this.#parts;
    this.#rest.begin();
    const changed = this.#changed;
    this.#changed = new Set();
    if (this.#areSourcesNews) facts.forgetSources();
    this.#areSourcesNews = false;
    try {
      const rules = await listRules(database.orm);
      return await evaluateNow(database, await facts.read(changed && [...changed], rules, at), at);
    } catch (error) {
      this.#changed = null;
      throw error;
    }
  }
}
