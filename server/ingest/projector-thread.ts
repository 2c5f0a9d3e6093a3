import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Ms } from "#domain/time/ms.ts";
import { processCounts } from "#server/runtime/counts.ts";
import type { Kept } from "./project.ts";
import { CROWD, type DeliveryProjector, type ProjectorNumbers } from "./projecting.ts";

/** Messages to the thread. A question is answered with its number `ask`, once what it asks for is so. */
export type ToThread =
  | { kind: "kept"; kept: readonly Kept[] }
  | { kind: "ask"; ask: number; question: ThreadQuestion };

export type ThreadQuestion = { what: "caught-up"; withinMs: Ms } | { what: "stop" };

/**
 * Messages from the thread: that it has begun, what it counted, or that what was asked for is so, or its time over. `isAll`: all
 * deliveries that it was given before the question are projected, and all that were stored before it began.
 */
export type FromThread =
  | { kind: "begun" }
  | { kind: "answer"; ask: number; isAll: boolean }
  | { kind: "numbers"; numbers: ProjectorNumbers };

/** How long after a thread ended by itself until the next begins. */
const AGAIN_MS: Ms = 250;

interface Asked {
  question: ThreadQuestion;
  /** How often something had been added before. */
  added: number;
  answered: () => void;
}

/**
 * The projector on a thread of its own, so that planning and writing delay no webhook's answer. When the thread
 * ends, another begins, and finds in the database what the first one left.
 */
export class ProjectorThread implements DeliveryProjector {
  readonly #script: URL;
  readonly #log: { error: (about: object, message: string) => void };
  readonly #asked = new Map<number, Asked>();
  #count = 0;
  /** How often something was added, and up to which addition all is known to be projected; -1 before an answer. */
  #added = 0;
  #projected = -1;
  #worker: Worker | null = null;
  #stopped = false;
  #numbers: ProjectorNumbers = { counts: processCounts().projectionFacts(), pool: null };

  /** `script` runs on the thread: `projector-work.ts`, or a test's own. */
  constructor(script: URL, log: { error: (about: object, message: string) => void }) {
    this.#script = script;
    this.#log = log;
  }

  /** Begins, with the environment as it is now. Resolves when the thread projects. */
  begin(): Promise<void> {
    const begun = Promise.withResolvers<void>();
    this.#run(begun.resolve);
    return begun.promise;
  }

  add(kept: readonly Kept[]): void {
    // A thread that has not begun, or has ended, loses nothing: the next one finds the deliveries in the database.
    if (kept.length === 0) return;
    this.#added += 1;
    // What a crowd sends waits for long: it costs less to read it again than to hand it over and hold it meanwhile.
    this.#send({ kind: "kept", kept: kept.length >= CROWD ? kept.map(named) : kept });
  }

  async caughtUp(withinMs: Ms): Promise<void> {
    // What was projected stays so, also where the thread ended since: there is nothing to ask.
    if (this.#projected === this.#added) return;
    const late = new AbortController();
    const over = wait(withinMs, undefined, late).catch(() => undefined);
    await Promise.race([this.#ask({ what: "caught-up", withinMs }), over]);
    late.abort();
  }

  numbers(): ProjectorNumbers {
    return this.#numbers;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#worker !== null) await this.#ask({ what: "stop" });
  }

  #run(begun: () => void): void {
    const worker = new Worker(this.#script);
    this.#worker = worker;
    worker.on("message", (message: FromThread) => {
      if (message.kind === "begun") begun();
      else if (message.kind === "numbers") this.#numbers = message.numbers;
      else this.#answer(message.ask, message.isAll);
    });
    worker.on("error", (error) => {
      this.#log.error({ err: error }, "the projector's thread failed");
    });
    worker.on("exit", () => {
      this.#worker = null;
      if (!this.#stopped) this.#log.error({}, "the projector's thread ended; another begins");
      setTimeout(() => this.#again(begun), this.#stopped ? 0 : AGAIN_MS);
    });
    for (const [ask, { question }] of this.#asked) this.#send({ kind: "ask", ask, question });
  }

  #again(begun: () => void): void {
    if (!this.#stopped) this.#run(begun);
    // The thread ended while it stopped: its callers are answered, or they would wait for ever.
    else for (const ask of this.#asked.keys()) this.#answer(ask, false);
  }

  #ask(question: ThreadQuestion): Promise<void> {
    this.#count += 1;
    const ask = this.#count;
    const answered = Promise.withResolvers<void>();
    this.#asked.set(ask, { question, added: this.#added, answered: answered.resolve });
    this.#send({ kind: "ask", ask, question });
    return answered.promise;
  }

  #answer(ask: number, isAll: boolean): void {
    const asked = this.#asked.get(ask);
    if (asked === undefined) return;
    if (isAll) this.#projected = Math.max(this.#projected, asked.added);
    this.#asked.delete(ask);
    asked.answered();
  }

  #send(message: ToThread): void {
    this.#worker?.postMessage(message);
  }
}

function named({ deliveryId, sourceId, room }: Kept): Kept {
  return { deliveryId, sourceId, room };
}
