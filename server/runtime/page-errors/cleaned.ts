import { z } from "zod";

/** What a page reports of an error. */
export const pageErrorShape = z.strictObject({
  kind: z.enum(["error", "rejection", "screen"]),
  type: z.string().max(100),
  message: z.string().max(500),
  stack: z.string().max(5_000),
  /** The pattern of its address, as `/people/[id]`. */
  page: z.string().max(200),
});

type PageErrorReport = z.infer<typeof pageErrorShape>;

const PATTERN = /^(?:\/|(?:\/(?:[a-z][a-z-]{0,30}|\[[A-Za-z]{1,20}\])){1,8})$/;
/** A frame as Chromium writes it, and as Firefox and Safari do. */
const FRAME =
  /^\s*at (?:(?<name>[^()]{1,100}) \()?(?<file>\S+?):(?<line>\d+):(?<column>\d+)\)?$|^(?<name2>[^@]{0,100})@(?<file2>\S+?):(?<line2>\d+):(?<column2>\d+)$/;
const OURS = /\/_next\/static\/[\w./~-]+$/;
const FUNCTION = /^(?:async )?[\w.$<>]{1,80}$/;
const KINDS: Readonly<Record<string, new (message: string) => Error>> = { RangeError, TypeError };

/**
 * The error that a page reported, for the log: its frames name our own files and functions alone, because an address
 * may say whom somebody looks for. What is left of its message is up to `errorFacts`, as for every error.
 */
export function cleaned({ type, message, stack }: PageErrorReport): Error {
  const error = new (KINDS[type] ?? Error)(message);
  error.name = type;
  error.stack = `${message}\n${framesOf(stack).join("\n")}`;
  return error;
}

/** The pattern of the page, where it is one. */
export function patternOf({ page }: Pick<PageErrorReport, "page">): string {
  return PATTERN.test(page) ? page : "elsewhere";
}

function framesOf(stack: string): string[] {
  return stack.split("\n").flatMap((text) => {
    const found = FRAME.exec(text)?.groups;
    if (found === undefined) return [];
    const { name = found["name2"] ?? "", file = found["file2"] ?? "" } = found;
    const { line = found["line2"], column = found["column2"] } = found;
    const called = FUNCTION.test(name) ? name : "?";
    return [`    at ${called} (${OURS.exec(file)?.[0] ?? "page"}:${line}:${column})`];
  });
}
