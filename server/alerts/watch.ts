import { performance } from "node:perf_hooks";
import { countOpenAlerts } from "#db/alerts/alerts.ts";
import { listRules } from "#db/alerts/rules.ts";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import { type ChangedNotification, listen } from "#db/connection/bus.ts";
import type { Database, Sql } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ChannelSending } from "./channels/send.ts";
import { ChannelSender } from "./channels/sender.ts";
import { evaluateNow } from "./evaluation.ts";
import { FactsInMemory } from "./read-facts.ts";

/** Held by the process that evaluates; the end of its session releases it, also where the process was killed. */
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
  #running: Promise<void> | null = null;
  /** The meetings that changed since facts were read; `null` for any. */
  #changed: Set<string> | null = null;
  /** Whether it is this process that evaluates. */
  #isWatching = false;
  #isNews = true;
  #areSourcesNews = false;
  #wake: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#channels = new ChannelSender(parts, parts.sending);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database, log } = this.#parts;
    const { signal } = this.#stopping;
    const unlisten = await this.#listening();
    while (!signal.aborted) {
      this.#isNews = false;
      try {
        if (await this.#isAsked()) {
          await withAdvisoryLock(database, WATCHING_LOCK, (session) => this.#watch(session));
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, "alerts could not be evaluated");
      }
      await this.#rest(STAND_BY_MS);
    }
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

  #heard({ changes, merged, isGone, refusals, alerts }: ChangedNotification): void {
    if (isGone) this.#changed = null;
    for (const { id } of changes) this.#changed?.add(id);
    for (const { from, into } of merged) this.#changed?.add(from).add(into);
    this.#areSourcesNews ||= refusals;
    const isOfFacts = changes.length + merged.length > 0 || refusals || isGone;
    // Whoever does not evaluate asks nothing because of a webhook.
    if (alerts || (this.#isWatching && isOfFacts)) this.#news();
  }

  #heardAll(): void {
    this.#changed = null;
    this.#news();
  }

  #news(): void {
    this.#isNews = true;
    this.#wake();
  }

  /** Whether there is a rule, an alert that one left behind, or something that a channel is to be told. */
  async #isAsked(): Promise<boolean> {
    const { orm } = this.#parts.database;
    const rules = await listRules(orm);
    if (rules.some(({ isOn }) => isOn) || (await countOpenAlerts(orm)) > 0) return true;
    return (await this.#channels.nextAt()) !== null;
  }

  /** Evaluates as long as the lock is held, and there is anything to evaluate. */
  async #watch(session: Sql): Promise<void> {
    const ending = new AbortController();
    this.#isWatching = true;
    try {
      await this.#evaluate(session, AbortSignal.any([this.#stopping.signal, ending.signal]));
    } finally {
      this.#isWatching = false;
      ending.abort();
      await this.#channels.ended();
    }
  }

  async #evaluate(session: Sql, signal: AbortSignal): Promise<void> {
    const { database, now } = this.#parts;
    const facts = new FactsInMemory(database);
    this.#changed = null;
    let allAt = now() + ALL_EVERY_MS;
    while (!signal.aborted) {
      const begun = performance.now();
      const at = now();
      if (at >= allAt) {
        this.#changed = null;
        allAt = at + ALL_EVERY_MS;
      }
      const nextAt = await this.#look(facts, at);
      if (!(await this.#isAsked())) return;
      // Without its session another process may hold the lock by now.
      await session`select 1`;
      const took = performance.now() - begun;
      await this.#pause(Math.max(LEAST_REST_MS, took * (SHARE - 1)));
      this.#channels.wake(signal);
      const next = [nextAt, await this.#channels.nextAt()].flatMap((moment) => moment ?? []);
      const untilNext = Math.min(EVERY_MS, ...next.map((moment) => moment - now()));
      await this.#rest(Math.max(0, untilNext));
    }
  }

  async #look(facts: FactsInMemory, at: Ms): Promise<Ms | null> {
    const { database } = this.#parts;
    this.#isNews = false;
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

  /** Resolves after that time, or as soon as there is news. */
  async #rest(ms: Ms): Promise<void> {
    if (!this.#isNews) await this.#pause(ms, true);
  }

  async #pause(ms: Ms, isWoken = false): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const end = () => resolve();
    signal.addEventListener("abort", end, { once: true });
    if (isWoken) this.#wake = resolve;
    await promise;
    signal.removeEventListener("abort", end);
    clearTimeout(timer);
  }
}
