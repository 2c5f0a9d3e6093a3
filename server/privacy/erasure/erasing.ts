import type { Database } from "#db/connection/client.ts";
import { unfinishedErasures } from "#db/privacy/erasure/erased-people.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { ErasureUnderWay } from "#domain/privacy/erasure/under-way.ts";
import { ROLLCALL } from "#server/runtime/audit.ts";
import { stepsElsewhere } from "#server/runtime/jobs/reported-steps.ts";
import {
  AnotherErasure,
  ERASURE,
  type ErasureOptions,
  ErasureStopped,
  erasePerson,
  resumeErasures,
} from "./erase-person.ts";

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/** Whom to erase, and how many meetings they were at. */
interface Asked {
  id: string;
  meetings: number;
  by: AuditActor;
}

/** Erases people in this process while it serves, with progress. */
class Erasing {
  #seen: ErasureUnderWay | null = null;
  #underWay: Promise<void> | null = null;
  #isStopped = false;

  /** How far an erasure is that runs in any process, or failed in one; `null` without one. */
  async seen({ orm }: Pick<Database, "orm">): Promise<ErasureUnderWay | null> {
    if (this.#underWay !== null) return this.#seen;
    const [begun, reported] = await Promise.all([
      unfinishedErasures(orm),
      stepsElsewhere({ orm }, ERASURE),
    ]);
    if (begun.length === 0) this.#seen = null;
    if (begun.length === 0) return null;
    return reported ?? this.#seen ?? { state: "running", done: null, total: null };
  }

  /** Starts the erasure of a person; false where one runs. It is not awaited: a failure is logged, and shown. */
  begin(database: Database, secret: string, { id, meetings, by }: Asked, log: Log): boolean {
    return this.#start({ state: "running", done: 0, total: meetings }, log, async (onErased) => {
      await erasePerson(database, id, this.#options(by, secret, onErased));
      log.info({ meetings }, "a person is erased");
    });
  }

  /** Goes on with what was cut off. */
  resume(database: Database, secret: string, log: Log): void {
    this.#start({ state: "running", done: 0, total: null }, log, async (onErased) => {
      const people = await resumeErasures(database, this.#options(ROLLCALL, secret, onErased));
      if (people > 0) log.info({ people }, "an erasure that was cut off is done");
    });
  }

  /** Stops after the meetings that are under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }

  #options(by: AuditActor, secret: string, onErased: (count: number) => void): ErasureOptions {
    return { by, secret, now: Date.now, onErased, isStopped: () => this.#isStopped };
  }

  #start(
    begun: ErasureUnderWay,
    log: Log,
    work: (onErased: (count: number) => void) => Promise<void>,
  ): boolean {
    if (this.#underWay !== null) return false;
    this.#seen = begun;
    this.#underWay = work((count) => {
      begun.done = (begun.done ?? 0) + count;
    })
      .then(
        () => {
          this.#seen = null;
        },
        (error: unknown) => {
          begun.state = "stopped";
          if (error instanceof AnotherErasure) this.#seen = null;
          else if (!(error instanceof ErasureStopped)) {
            log.error({ err: error }, "a person was not erased whole");
          }
        },
      )
      .finally(() => {
        this.#underWay = null;
      });
    return true;
  }
}

const HOLDER = Symbol.for("rollcall.erasing");
// Next may bundle this file more than once, for the route that starts it and for the page that shows it.
const holder: typeof globalThis & { [HOLDER]?: Erasing } = globalThis;

/** The single `Erasing` of this process. */
export function erasing(): Erasing {
  holder[HOLDER] ??= new Erasing();
  return holder[HOLDER];
}
