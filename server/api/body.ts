import type { z } from "zod";
import { readBody } from "#server/ingest/body.ts";
import type { ApiError } from "./answer.ts";

/**
 * The JSON body of a request in the shape it should have; an empty one is an empty object. Throws what `bad`
 * makes of the reason where it is no JSON or another shape, and `BodyTooLarge`.
 */
export async function bodyOf<T>(
  request: Request,
  schema: z.ZodType<T>,
  bad: (why: string) => ApiError,
): Promise<T> {
  const result = schema.safeParse(await jsonOf(request, bad));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw bad(`${issue?.path.join(".") || "body"}: ${issue?.message ?? "not as expected"}`);
}

async function jsonOf(request: Request, bad: (why: string) => ApiError): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request));
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw Object.assign(bad("the body is not JSON"), { cause });
  }
}
