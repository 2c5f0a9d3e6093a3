import { type DestinationStream, type LogFn, type Logger, pino } from "pino";
import { errorFacts } from "./error-facts.ts";
import { createRepeats } from "./repeated-lines.ts";

const WARN = 40;

type Facts = Record<string, unknown>;

/**
 * One logger for the process: JSON lines on standard error, so that standard output stays for people. Of an
 * error only says what `errorFacts` tells. A warning or failure that comes again is counted.
 */
export function createLog(
  level: string,
  to: DestinationStream = pino.destination({ fd: 2, sync: false }),
): Logger {
  const isNew = createRepeats((count) => log.warn({ count }, "other lines were left out"));
  const log = pino(
    {
      level,
      base: null,
      // They are facts already.
      serializers: { err: (facts: unknown) => facts },
      hooks: {
        logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn, at: number) {
          const { facts, words } = said(args);
          const again = (count: number) =>
            method.apply(this, [{ ...briefly(facts), count }, `${words}, again`]);
          const isTold = at < WARN || isNew(JSON.stringify([at, words, briefly(facts)]), again);
          if (isTold) method.apply(this, [facts, words]);
        },
      },
    },
    to,
  );
  return log;
}

/** The two ways to call a logger: with words, or with what they are about before them. */
function said([about, message]: Parameters<LogFn>): { facts: Facts; words: string } {
  if (typeof about === "string") return { facts: {}, words: about };
  const words = typeof message === "string" ? message : "something went wrong";
  if (about instanceof Error) return { facts: plain({ err: about }), words };
  return { facts: typeof about === "object" && about !== null ? plain(about) : {}, words };
}

/** Errors as what may be said of them, wherever they stand. */
function plain(about: object): Facts {
  return Object.fromEntries(
    Object.entries(about).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Error ? errorFacts(value) : value,
    ]),
  );
}

/** What makes two lines the same: everything but the words of an error, and where in the code it was. */
function briefly(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, kindOf(value)]));
}

function kindOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("type" in value)) return value;
  const { type } = value;
  return {
    type,
    ...("code" in value && { code: value.code }),
    ...("cause" in value && { cause: kindOf(value.cause) }),
  };
}

export type { Logger };
