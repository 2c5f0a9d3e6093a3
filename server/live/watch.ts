import type { Database } from "#db/connection/client.ts";
import { hindranceOf } from "#db/connection/failure.ts";
import { isReadOnly, tryWriting } from "#db/connection/writing.ts";
import {
  type StoppedRooms,
  stoppedRooms,
  type UnprojectedCount,
  unprojectedCount,
} from "#db/recording/unprojected.ts";
import { type LostWebhook, lostWebhooks } from "#db/sources/catching-up/catch-ups.ts";
import { namedSources, openRefusals, storeRefusals } from "#db/sources/refusals.ts";
import { ALL_IS_KEPT, BEHIND_MS, type HaltReason, type Recording } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { KeepingHealth } from "#server/ingest/keeping.ts";
import type { Refusals } from "#server/ingest/refusals.ts";
import { deadlineOf } from "#server/runtime/deadline.ts";
import { recordingOf } from "./recording.ts";

const DEADLINE_MS: Ms = 3_000;

/** How often a watch does what. */
interface Rhythm {
  /** How often the database is asked whether it answers, and how often once it did not. */
  askEveryMs: Ms;
  askAgainMs: Ms;
  /** Refusals are stored, and reported, at most this often. */
  storeEveryMs: Ms;
}

const RHYTHM: Rhythm = { askEveryMs: 2_000, askAgainMs: 500, storeEveryMs: 1_000 };

interface Parts {
  /** `RHYTHM` where it is not said. */
  rhythm?: Rhythm;
  refusals: Refusals;
  keeping: KeepingHealth;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/**
 * Watches whether deliveries are kept, for the sockets of this process: by its own door and its own questions to
 * the database, which need no bus, and by the refusals that every process stores.
 */
export class RecordingWatch {
  readonly #database: Database;
  readonly #parts: Parts;
  readonly #rhythm: Rhythm;
  readonly #listeners = new Set<(recording: Recording) => void>();
  #recording: Recording = ALL_IS_KEPT;
  /** How much is unprojected, where the oldest has waited for longer than `BEHIND_MS`. */
  #behind: UnprojectedCount | null = null;
  #stoppedRooms: StoppedRooms | null = null;
  /** Webhooks that are switched off at their providers, as whoever asks these found. */
  #lost: LostWebhook[] = [];
  #unanswered: { since: Ms; reason: HaltReason } | null = null;
  /** When the last question was asked that the database answered. */
  #answeredAt: Ms = 0;
  /** The question without an answer yet: another would only wait behind it. */
  #asked: Promise<unknown> | null = null;
  #asking: NodeJS.Timeout | null = null;
  #storing: NodeJS.Timeout | null = null;
  #storedAt = Number.NEGATIVE_INFINITY;
  #wasRead = true;
  #stopped = false;
  /** Refusals are read and stored one after the other. */
  #chain: Promise<void> = Promise.resolve();

  constructor(database: Database, parts: Parts) {
    this.#database = database;
    this.#parts = parts;
    this.#rhythm = parts.rhythm ?? RHYTHM;
    parts.refusals.listen(() => this.#storeSoon());
    parts.keeping.listen(() => {
      this.#report();
      this.#ask(0);
    });
    this.readRefusals();
    // The door was open before, and may have refused something.
    if (parts.refusals.isWaiting) this.#storeSoon();
    this.#ask(0);
  }

  /** The state as it is known now. */
  now = (): Recording => this.#recording;

  /** Calls the listener with every changed state; for refusals no more often than once a second. */
  onChange(listener: (recording: Recording) => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the refusals of all processes; where that fails, again once the database answers. */
  readRefusals(): void {
    this.#queue(async () => {
      this.#wasRead = false;
      const { orm } = this.#database;
      const [open, sources] = await Promise.all([openRefusals(orm), namedSources(orm)]);
      this.#parts.refusals.learn(sources);
      this.#parts.refusals.read(open);
      this.#wasRead = true;
    });
  }

  /** Stores the refusals that were counted, if the database takes them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#asking !== null) clearTimeout(this.#asking);
    if (this.#storing !== null) clearTimeout(this.#storing);
    this.#parts.refusals.listen(() => undefined);
    this.#parts.keeping.listen(() => undefined);
    if (this.#unanswered === null && this.#parts.refusals.isWaiting) this.#store();
    await this.#chain;
  }

  #storeSoon(): void {
    if (this.#stopped || this.#storing !== null) return;
    const waitMs = Math.max(0, this.#storedAt + this.#rhythm.storeEveryMs - performance.now());
    this.#storing = setTimeout(() => {
      this.#storing = null;
      this.#storedAt = performance.now();
      this.#report();
      if (this.#unanswered === null) this.#store();
    }, waitMs);
  }

  #store(): void {
    const { refusals } = this.#parts;
    this.#queue(async () => {
      if (!refusals.isWaiting) return;
      try {
        await storeRefusals(this.#database.orm, refusals.leave());
      } catch (error) {
        refusals.stayed();
        throw error;
      }
      refusals.read(await openRefusals(this.#database.orm));
    });
  }

  #queue(work: () => Promise<void>): void {
    this.#chain = this.#chain
      .then(work)
      .catch((error: unknown) => {
        const { log } = this.#parts;
        if (!this.#stopped) log.error({ err: error }, "refusals were not kept, or not read");
        this.#ask(0);
      })
      .then(() => this.#report());
  }

  #ask(inMs: Ms): void {
    if (this.#stopped) return;
    if (this.#asking !== null) clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      this.#asking = null;
      void this.#askNow().finally(() => {
        const isWell = this.#halted() === null && this.#behind === null;
        const { askEveryMs, askAgainMs } = this.#rhythm;
        if (this.#asking === null) this.#ask(isWell ? askEveryMs : askAgainMs);
      });
    }, inMs).unref();
  }

  async #askNow(): Promise<void> {
    const { now, refusals } = this.#parts;
    const at = now();
    try {
      this.#asked ??= this.#question().finally(() => {
        this.#asked = null;
      });
      await deadlineOf(DEADLINE_MS).wait(this.#asked);
      const wasAway = this.#unanswered !== null;
      this.#unanswered = null;
      this.#answeredAt = at;
      if (wasAway && refusals.isWaiting) this.#store();
      else if (wasAway || !this.#wasRead) this.readRefusals();
    } catch (error) {
      this.#unanswered = { since: this.#unanswered?.since ?? at, reason: hindranceOf(error) };
    }
    this.#report();
  }

  /**
   * Asks how much is unprojected and which rooms are stopped, and whether the database can be written to: after a
   * failure, by writing.
   */
  async #question(): Promise<void> {
    const { health } = this.#database;
    const backlog = await unprojectedCount(health, { without: "stopped" });
    this.#stoppedRooms = await stoppedRooms(health);
    this.#lost = await lostWebhooks(health);
    const isLate = this.#parts.now() - (backlog.oldestAt ?? Infinity) > BEHIND_MS;
    this.#behind = isLate ? backlog : null;
    if (this.#halted() !== null) return tryWriting(health, { room: true });
    // By writing, so that the reason is the one for which deliveries are refused.
    if (await isReadOnly(health)) await tryWriting(health, { room: false });
  }

  /**
   * Why deliveries are not kept: the database does not answer now, or the last delivery was not kept and no later
   * answer shows that this is over.
   */
  #halted(): { since: Ms; reason: HaltReason } | null {
    const { keeping, now } = this.#parts;
    const { failing } = keeping;
    const isOver =
      failing === null ||
      (this.#answeredAt > failing.last &&
        (failing.hindrance === "unavailable" || !keeping.isFailingNow(now())));
    const failed = isOver ? null : { since: failing.since, reason: failing.hindrance };
    if (this.#unanswered === null || failed === null) return this.#unanswered ?? failed;
    return { ...failed, since: Math.min(failed.since, this.#unanswered.since) };
  }

  #report(): void {
    const { changed_at: last, ...before } = this.#recording;
    const at = this.#parts.now();
    const unprojected = { behind: this.#behind, stopped: this.#stoppedRooms };
    const next = recordingOf(
      this.#halted(),
      unprojected,
      this.#parts.refusals.open(),
      this.#lost,
      at,
    );
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    const changed_at = toWireTime(Math.max(at, Date.parse(last) + 1));
    this.#recording = { changed_at, ...next };
    for (const listener of this.#listeners) listener(this.#recording);
  }
}
