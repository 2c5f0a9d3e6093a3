import { fromWireTime } from "#domain/time/wire-time.ts";
import { ApiError, headersOf } from "#server/http/answer.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { type OpenedLobby, openLobby } from "./opened.ts";

/** What a document is made of: how the room stands, in which language it is asked for, and the nonce of the answer. */
interface Drawn {
  shown: OpenedLobby;
  asked: string | null;
  accepted: string | null;
  nonce: string;
}

/** Between this process and who looks it may be kept for so long: a proxy then asks once for all of them. */
const CACHED = "public, max-age=2";

/** Answers with the page of a link for who waits, which `draw` makes; whatever came of it, in words of that page. */
export async function answerLobby(
  request: Request,
  token: string,
  draw: (drawn: Drawn) => string,
): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const shown = await openLobby(token, {
    address: request.headers.get(CLIENT_ADDRESS) ?? "",
    since: momentIn(query.get("since")),
  });
  const html = draw({
    shown,
    asked: query.get("lang"),
    accepted: request.headers.get("accept-language"),
    nonce: request.headers.get("x-nonce") ?? "",
  });
  const headers = { "content-type": "text/html; charset=utf-8", vary: "Accept-Language" };
  switch (shown.is) {
    case "open":
      return new Response(html, { headers: { ...headers, "cache-control": CACHED } });
    case "unknown":
      return new Response(html, {
        status: 404,
        headers: { ...headers, "cache-control": "no-store" },
      });
    case "too often":
      return new Response(html, { status: 429, headers: { ...headers, ...laterIn(shown) } });
    default:
      return shown satisfies never;
  }
}

function laterIn({ retryAfterSeconds }: Extract<OpenedLobby, { is: "too often" }>) {
  const refused = new ApiError(429, "too_many_attempts", "Too often.", { retryAfterSeconds });
  return { ...headersOf(refused), "cache-control": "no-store" };
}

/** The moment that is asked for; `null` for what is none. */
function momentIn(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return null;
  try {
    return fromWireTime(text);
  } catch {
    return null;
  }
}
