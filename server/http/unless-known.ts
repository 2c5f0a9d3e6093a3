import { createHash } from "node:crypto";

/** A short name of a value: the same for the same value, another one for any other. */
export function tagOf(value: object): string {
  const hash = createHash("sha256").update(JSON.stringify(value)).digest("base64url");
  return `"${hash.slice(0, 24)}"`;
}

/**
 * Answers JSON with its tag, or 304 without a body to who has it already. `make` is asked only where it is sent.
 */
export async function unlessKnown(
  request: Request,
  tag: string,
  make: () => object | Promise<object>,
): Promise<Response> {
  const known = request.headers.get("if-none-match")?.split(",") ?? [];
  if (known.some((one) => one.trim().replace(/^W\//, "") === tag)) {
    return new Response(null, { status: 304, headers: { etag: tag } });
  }
  return Response.json(await make(), { headers: { etag: tag } });
}
