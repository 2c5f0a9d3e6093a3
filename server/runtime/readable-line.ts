import { z } from "zod";

const line = z.looseObject({ level: z.string(), time: z.string(), msg: z.string() });

/**
 * A line of the log to be read on a terminal: `10:02:11 warn webhook refused source=… refusal=paused`. The frames of
 * an error stand below it.
 */
export function readableLine(json: string): string {
  const { level, time, msg, ...facts } = line.parse(JSON.parse(json));
  const frames: string[] = [];
  const words = Object.entries(facts).map(([name, value]) => {
    if (typeof value !== "object" || value === null) return `${name}=${String(value)}`;
    const { stack, ...rest }: { stack?: unknown } = value;
    if (typeof stack === "string") frames.push(stack);
    return `${name}=${JSON.stringify(rest)}`;
  });
  const at = time.slice(11, 19);
  return [[at, level.padEnd(5), msg, ...words].join(" "), ...frames].join("\n");
}
