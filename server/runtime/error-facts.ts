/** What a log may contain of an error: its kind and where it came from, never the data it was about. */
export interface ErrorFacts {
  type: string;
  message?: string;
  code?: string;
  query?: string;
  constraint?: string;
  table?: string;
  routine?: string;
  /** The frames, without the message that leads them. */
  stack?: string;
  cause?: ErrorFacts;
  errors?: ErrorFacts[];
}

const MESSAGE_LENGTH = 300;
const QUERY_LENGTH = 300;
const FRAMES = 15;
const DEPTH = 6;
const MOST_ERRORS = 5;

/** A name, a code or an identifier of a program; nothing that a person wrote. */
const IDENTIFIER = /^[\w.$-]{1,80}$/;
const FRAME = /^ +at .*(?::\d+:\d+|<anonymous>|native)\)?$/;
/** A quote that does not end ends with the message, which may have been cut. */
const QUOTED =
  /"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|`[^`]*(?:`|$)|(?<!\w)'[^']*(?:'|$)/g;
/** Classes of PostgreSQL's conditions whose messages are about the server, or about our own statement. */
const OF_THE_SERVER = new Set([
  "08",
  "25",
  "28",
  "3D",
  "40",
  "42",
  "53",
  "55",
  "57",
  "58",
  "F0",
  "XX",
]);

/**
 * An error for a log, with its causes. Messages that repeat what they were given are left out, as are the
 * parameters of a query: they are names, secrets, bodies, and facts that an erasure must reach. What is
 * quoted in any other message is blanked.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: error === null ? "null" : typeof error };
  const { cause } = error;
  const goesOn = depth < DEPTH;
  const errors =
    error instanceof AggregateError && goesOn ? error.errors.slice(0, MOST_ERRORS) : [];
  return {
    type: isQuery(error) ? "QueryError" : identifier(error.name, "Error"),
    ...present("message", messageOf(error)),
    ...present("code", fieldOf(error, "code")),
    ...present("query", isQuery(error) ? statementOf(error) : undefined),
    ...present("constraint", fieldOf(error, "constraint_name")),
    ...present("table", fieldOf(error, "table_name")),
    ...present("routine", fieldOf(error, "routine")),
    ...present("stack", framesOf(error)),
    ...(cause !== undefined && goesOn && { cause: errorFacts(cause, depth + 1) }),
    ...(errors.length > 0 && { errors: errors.map((one: unknown) => errorFacts(one, depth + 1)) }),
  };
}

/** The same in a line or a few, for a screen: `QueryError: …, because PostgresError 53100: …`. */
export function errorWords(error: unknown): string {
  const words: string[] = [];
  for (let facts: ErrorFacts | undefined = errorFacts(error); facts; facts = facts.cause) {
    const { type, code, message, constraint } = facts;
    const kind = code === undefined ? type : `${type} ${code}`;
    words.push([kind, message ?? constraint].filter((part) => part !== undefined).join(": "));
  }
  return words.join(", because ");
}

/** The frames of an error, for a screen. */
export function errorFrames(error: unknown): string {
  return errorFacts(error).stack ?? "";
}

function messageOf(error: Error): string | undefined {
  if (isQuery(error)) return "the query failed";
  // Their messages quote what they could not read.
  if (error instanceof SyntaxError || /Zod|^SyntaxError$/.test(error.name)) return undefined;
  if (error.name === "PostgresError") {
    const code = fieldOf(error, "code") ?? "";
    return OF_THE_SERVER.has(code.slice(0, 2)) ? cut(error.message) : undefined;
  }
  // Addresses and paths of our own.
  if (fieldOf(error, "syscall") !== undefined) return cut(error.message);
  const message = error.message.slice(0, 4 * MESSAGE_LENGTH).replace(QUOTED, "…");
  // What the language says names the value behind a colon: “Invalid time zone specified: …”.
  const isOfLanguage = error instanceof TypeError || error instanceof RangeError;
  return cut(isOfLanguage ? message.replace(/: .*$/s, "") : message);
}

function cut(message: string): string | undefined {
  const line = message
    .slice(0, 4 * MESSAGE_LENGTH)
    .replace(/\s+/g, " ")
    .trim();
  return line === "" ? undefined : line.slice(0, MESSAGE_LENGTH).toWellFormed();
}

/** An error of a query, by its shape: each bundle of the code has a class of its own. */
function isQuery(error: Error): error is Error & { query: unknown } {
  return "query" in error && "params" in error;
}

/** The statement with its placeholders, and without the texts written out in it. */
function statementOf({ query }: { query: unknown }): string | undefined {
  if (typeof query !== "string") return undefined;
  const text = query.slice(0, 4 * QUERY_LENGTH).replace(/'[^']*'?/g, "'…'");
  return text.replace(/\s+/g, " ").trim().slice(0, QUERY_LENGTH).toWellFormed();
}

/** The message stands before the frames, and may have lines that look like frames. */
function framesOf({ stack = "", message }: Error): string | undefined {
  const at = stack.indexOf(message);
  const rest = at < 0 ? stack : stack.slice(at + message.length);
  const frames = rest.split("\n").filter((line) => line.length < 500 && FRAME.test(line));
  return frames.length === 0 ? undefined : frames.slice(0, FRAMES).join("\n");
}

function fieldOf(error: Error, field: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(error, field)?.value;
  return typeof value === "string" && IDENTIFIER.test(value) ? value : undefined;
}

function identifier(value: unknown, otherwise: string): string {
  return typeof value === "string" && IDENTIFIER.test(value) ? value : otherwise;
}

function present<Name extends string>(
  name: Name,
  value: string | undefined,
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  if (value !== undefined) found[name] = value;
  return found;
}
