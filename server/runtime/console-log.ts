import type { Logger } from "./log.ts";

/**
 * What libraries say on the console goes into the log, and so is told as the log tells errors: the page
 * framework prints them whole, with the parameters of the query that failed. Of several arguments an error
 * counts, else the first words.
 */
export function consoleIntoLog(log: Pick<Logger, "error" | "warn">, to: Console = console): void {
  const through = (level: "error" | "warn") => {
    to[level] = (...said: unknown[]) => {
      const err = said.find((one) => one instanceof Error);
      const words = said.find((one) => typeof one === "string" && one.trim() !== "");
      if (err !== undefined) log[level]({ err }, "said on the console");
      else if (typeof words === "string") log[level]({}, words.slice(0, 300).toWellFormed());
    };
  };
  through("error");
  through("warn");
}
