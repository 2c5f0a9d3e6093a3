import { type Logger, pino } from "pino";

/** One logger for the process: JSON lines on standard error, so that standard output stays for people. */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
}

export type { Logger };
