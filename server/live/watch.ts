import type { Database } from "#db/connection/client.ts";
import { hindranceOf } from "#db/connection/failure.ts";
import { isReadOnly, tryWriting } from "#db/connection/writing.ts";
import { type UnprojectedCount, unprojectedCount } from "#db/recording/unprojected.ts";
import { keepRefusals, namedSources, openRefusals } from "#db/sources/refusals.ts";
import { ALL_IS_KEPT, BEHIND_MS, type HaltReason, type Recording } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { KeepingHealth } from "#server/ingest/keeping.ts";
import type { Refusals } from "#server/ingest/refusals.ts";
import { deadlineOf } from "#server/runtime/deadline.ts";
import { recordingOf } from "./recording.ts";

/** How often the database is asked whether it is there, and how often once it was not. */
const ASK_EVERY_MS: Ms = 2_000;
const ASK_AGAIN_MS: Ms = 500;
const PATIENCE_MS: Ms = 3_000;
/** What is refused is kept, and told, at most this often. */
const PACE_MS: Ms = 1_000;

interface Parts {
  refusals: Refusals;
  keeping: KeepingHealth;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/**
 * Whether what providers send is kept, for the sockets of this process: by its own door and its own look at the
 * database, which need no bus, and by what every process keeps of what it refused.
 */
export class RecordingWatch {
  readonly #database: Database;
  readonly #parts: Parts;
  readonly #listeners = new Set<(recording: Recording) => void>();
  #recording: Recording = ALL_IS_KEPT;
  /** What is kept and not projected, where that is so for longer than it may be. */
  #behind: UnprojectedCount | null = null;
  #unanswered: { since: Ms; reason: HaltReason } | null = null;
  /** When the database was last asked, and answered. */
  #answeredAt: Ms = 0;
  /** A question that is still out: another would only wait behind it. */
  #asked: Promise<unknown> | null = null;
  #asking: NodeJS.Timeout | null = null;
  #keeping: NodeJS.Timeout | null = null;
  #keptAt = Number.NEGATIVE_INFINITY;
  #wasRead = true;
  #stopped = false;
  /** What is read and written of refusals, one after the other. */
  #chain: Promise<void> = Promise.resolve();

  constructor(database: Database, parts: Parts) {
    this.#database = database;
    this.#parts = parts;
    parts.refusals.listen(() => this.#keepSoon());
    parts.keeping.listen(() => {
      this.#tell();
      this.#ask(0);
    });
    this.readRefusals();
    // The door was open before.
    if (parts.refusals.isWaiting) this.#keepSoon();
    this.#ask(0);
  }

  /** What is known by now. */
  now = (): Recording => this.#recording;

  /** Hears every other state, and no more often than each second of what is refused. */
  onChange(listener: (recording: Recording) => void): void {
    this.#listeners.add(listener);
  }

  /** Reads what all processes refuse. Where it cannot be read it is read once the database answers. */
  readRefusals(): void {
    this.#do(async () => {
      this.#wasRead = false;
      const { orm } = this.#database;
      const [open, sources] = await Promise.all([openRefusals(orm), namedSources(orm)]);
      this.#parts.refusals.learn(sources);
      this.#parts.refusals.read(open);
      this.#wasRead = true;
    });
  }

  /** Keeps what was counted, if the database takes it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#asking !== null) clearTimeout(this.#asking);
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#parts.refusals.listen(() => undefined);
    this.#parts.keeping.listen(() => undefined);
    if (this.#unanswered === null && this.#parts.refusals.isWaiting) this.#keep();
    await this.#chain;
  }

  #keepSoon(): void {
    if (this.#stopped || this.#keeping !== null) return;
    const waitMs = Math.max(0, this.#keptAt + PACE_MS - performance.now());
    this.#keeping = setTimeout(() => {
      this.#keeping = null;
      this.#keptAt = performance.now();
      this.#tell();
      if (this.#unanswered === null) this.#keep();
    }, waitMs);
  }

  #keep(): void {
    const { refusals } = this.#parts;
    this.#do(async () => {
      if (!refusals.isWaiting) return;
      try {
        await keepRefusals(this.#database.orm, refusals.leave());
      } catch (error) {
        refusals.stayed();
        throw error;
      }
      refusals.read(await openRefusals(this.#database.orm));
    });
  }

  #do(work: () => Promise<void>): void {
    this.#chain = this.#chain
      .then(work)
      .catch((error: unknown) => {
        const { log } = this.#parts;
        if (!this.#stopped) log.error({ err: error }, "refusals were not kept, or not read");
        this.#ask(0);
      })
      .then(() => this.#tell());
  }

  #ask(inMs: Ms): void {
    if (this.#stopped) return;
    if (this.#asking !== null) clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      this.#asking = null;
      void this.#askNow().finally(() => {
        const isWell = this.#halted() === null && this.#behind === null;
        if (this.#asking === null) this.#ask(isWell ? ASK_EVERY_MS : ASK_AGAIN_MS);
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
      await deadlineOf(PATIENCE_MS).wait(this.#asked);
      const wasAway = this.#unanswered !== null;
      this.#unanswered = null;
      this.#answeredAt = at;
      if (wasAway && refusals.isWaiting) this.#keep();
      else if (wasAway || !this.#wasRead) this.readRefusals();
    } catch (error) {
      this.#unanswered = { since: this.#unanswered?.since ?? at, reason: hindranceOf(error) };
    }
    this.#tell();
  }

  /** Whether it may be written, once it could not be, by writing; and how much waits to be projected. */
  async #question(): Promise<void> {
    const { health } = this.#database;
    const backlog = await unprojectedCount(health);
    const isLate = this.#parts.now() - (backlog.oldestAt ?? Infinity) > BEHIND_MS;
    this.#behind = isLate ? backlog : null;
    if (this.#halted() !== null) return tryWriting(health, { room: true });
    // In the same words as whatever is refused for it.
    if (await isReadOnly(health)) await tryWriting(health, { room: false });
  }

  /** Why nothing is kept: it does not answer now, or the last delivery was not kept and nothing since says better. */
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

  #tell(): void {
    const { changed_at: last, ...before } = this.#recording;
    const at = this.#parts.now();
    const next = recordingOf(this.#halted(), this.#behind, this.#parts.refusals.open(), at);
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    const changed_at = toWireTime(Math.max(at, Date.parse(last) + 1));
    this.#recording = { changed_at, ...next };
    for (const listener of this.#listeners) listener(this.#recording);
  }
}
