import type { z } from "zod";
import { readBody } from "#server/ingest/body.ts";

/** Thrown with what is wrong with a body, in a few words. */
export class BadBody extends Error {
  override name = "BadBody";
}

/** The JSON of a body in a shape; an empty one is an empty object. Throws `BadBody`. */
export async function bodyIn<T>(request: Request, shape: z.ZodType<T>): Promise<T> {
  const result = shape.safeParse(await jsonOf(request));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadBody(`${issue?.path.join(".") || "body"}: ${issue?.message ?? "not as expected"}`);
}

async function jsonOf(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request));
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw new BadBody("the body is not JSON", { cause });
  }
}
