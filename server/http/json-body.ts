import type { z } from "zod";
import type { ApiError } from "./answer.ts";
import { readBody } from "./request-body.ts";

/** A body that is no text or no JSON, or cannot be stored. The message completes the sentence “the body …”. */
export class BadBody extends Error {
  override name = "BadBody";
}

/**
 * The JSON body of a request in the shape of the schema; an empty body is an empty object. Throws what `bad` makes of
 * the reason where it is no JSON or has another shape, and what `readBody` throws.
 */
export async function bodyOf<T>(
  request: Request,
  schema: z.ZodType<T>,
  bad: (why: string) => ApiError,
): Promise<T> {
  const result = schema.safeParse(await jsonBody(request, bad));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw bad(`${issue?.path.join(".") || "body"}: ${issue?.message ?? "not as expected"}`);
}

async function jsonBody(request: Request, bad: (why: string) => ApiError): Promise<unknown> {
  try {
    return await jsonOf(request);
  } catch (cause) {
    if (!(cause instanceof BadBody)) throw cause;
    throw Object.assign(bad(`the body ${cause.message}`), { cause });
  }
}

/** The text of a body. Throws `BadBody` where it is no text, or cannot be stored as text. */
export async function textOf(request: Request): Promise<string> {
  const bytes = await readBody(request);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BadBody("is not UTF-8", { cause });
  }
  if (!isKeepable(text)) throw new BadBody(UNSTORABLE);
  return text;
}

/** The JSON of a body; an empty one is an empty object. Throws `BadBody`. */
export async function jsonOf(request: Request): Promise<unknown> {
  const text = await textOf(request);
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw new BadBody("is not JSON", { cause });
  }
  // In JSON a text that cannot be stored can only be written with an escape.
  if (text.includes("\\u") && !isAllStorable(value)) throw new BadBody(UNSTORABLE);
  return value;
}

const UNSTORABLE = "has a NUL or half a character in its text";

/** Whether PostgreSQL can hold a text: it takes no NUL, and no half of a surrogate pair. */
export function isKeepable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Whether PostgreSQL can hold every text and every name in a JSON value, however deep. */
function isAllStorable(whole: unknown): boolean {
  const values = [whole];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === "string" && !isKeepable(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (!isKeepable(name)) return false;
      values.push(inner);
    }
  }
  return true;
}
