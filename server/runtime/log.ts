import { isatty } from "node:tty";
import { type DestinationStream, type LogFn, type Logger, pino } from "pino";
import { errorFacts } from "./error-facts.ts";
import { readableLine } from "./readable-line.ts";
import { createRepeats } from "./repeated-lines.ts";

const WARN = 40;

type Facts = Record<string, unknown>;

/**
 * One logger for the process: JSON lines on standard error, so that standard output stays for people, and lines to be
 * read where that is a terminal. An error is logged as its `errorFacts`. A warning or error that is repeated is
 * counted.
 */
export function createLog(level: string, to: DestinationStream = standardError()): Logger {
  const isNew = createRepeats((count) => log.warn({ count }, "other lines were left out"));
  const log = pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      // `plain` has already made facts of them.
      serializers: { err: (facts: unknown) => facts },
      hooks: {
        logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn, at: number) {
          const { facts, words } = partsOf(args);
          const again = (count: number) =>
            method.apply(this, [{ ...briefly(facts), count }, `${words}, again`]);
          const isLogged = at < WARN || isNew(JSON.stringify([at, words, briefly(facts)]), again);
          if (isLogged) method.apply(this, [facts, words]);
        },
      },
    },
    to,
  );
  return log;
}

function standardError(): DestinationStream {
  const lines = pino.destination({ fd: 2, sync: false });
  return isatty(2) ? { write: (line) => lines.write(`${readableLine(line)}\n`) } : lines;
}

/** A logger is called with words alone, or with facts before the words. */
function partsOf([about, message]: Parameters<LogFn>): { facts: Facts; words: string } {
  if (typeof about === "string") return { facts: {}, words: about };
  const words = typeof message === "string" ? message : "something went wrong";
  if (about instanceof Error) return { facts: plain({ err: about }), words };
  return { facts: typeof about === "object" && about !== null ? plain(about) : {}, words };
}

/** Facts in which every error is replaced by what may be logged of it. */
function plain(about: object): Facts {
  return Object.fromEntries(
    Object.entries(about).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Error ? errorFacts(value) : value,
    ]),
  );
}

/** The facts by which two lines count as the same: all but the message of an error and its stack. */
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
