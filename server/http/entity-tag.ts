import { createHash } from "node:crypto";

/** When an answer was counted is no part of what it says. */
const COUNTED_AT = /"as_of":"[^"]*"/g;
const TAG_LENGTH = 27;

/**
 * An answer with its `ETag`, or 304 where whoever asks has it already. JSON alone has one. It is a weak one, because two
 * answers that differ only in when they were counted are the same, and because they are compressed on their way.
 */
export async function tagged(request: Request, answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const isJson = headers.get("content-type")?.startsWith("application/json") === true;
  if (status !== 200 || !isJson || headers.has("content-disposition")) return answer;
  // It names itself, by less than the whole of it, as a shared meeting whose durations go on.
  if (headers.has("etag")) return answer;
  const text = await answer.text();
  const etag = tagOf(text);
  headers.set("etag", etag);
  if (!isNamed(etag, request.headers.get("if-none-match"))) {
    return new Response(text, { status, headers });
  }
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}

function tagOf(text: string): string {
  const hash = createHash("sha256").update(text.replaceAll(COUNTED_AT, ""));
  return `W/"${hash.digest("base64url").slice(0, TAG_LENGTH)}"`;
}

/** Whether an `If-None-Match` header names a tag, by the weak comparison. */
function isNamed(etag: string, named: string | null): boolean {
  if (named?.trim() === "*") return true;
  const opaque = etag.replace("W/", "");
  return (named ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === opaque);
}
