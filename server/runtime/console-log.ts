import type { Logger } from "./log.ts";

/**
 * Passes what libraries print on the console to the log, which shortens errors: the page framework prints them
 * whole, with the parameters of the query that failed. Of several arguments the error is logged, otherwise the
 * first text.
 */
export function consoleIntoLog(log: Pick<Logger, "error" | "warn">, to: Console = console): void {
  const through = (level: "error" | "warn") => {
    to[level] = (...args: unknown[]) => {
      const err = args.find((arg) => arg instanceof Error);
      const words = args.find((arg) => typeof arg === "string" && arg.trim() !== "");
      if (err !== undefined) log[level]({ err }, "said on the console");
      else if (typeof words === "string") log[level]({}, words.slice(0, 300).toWellFormed());
    };
  };
  through("error");
  through("warn");
}
