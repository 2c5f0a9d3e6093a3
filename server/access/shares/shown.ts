import type { ShareKind } from "#domain/access/shares/share.ts";
import { ApiError } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { unlessKnown } from "#server/http/unless-known.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { type SharedMeetingJson, sharedMeetingOf } from "./meeting.ts";
import { openShare } from "./opened.ts";
import { type WallboardJson, wallboardOf } from "./wallboard.ts";

/** `GET /api/v1/shared/{token}` */
export async function getSharedMeeting({ request, params }: Asked<"token">): Promise<Response> {
  const share = await opened(request, params.token, "meeting");
  const { tag, read } = await sharedMeetingOf(share);
  return unlessKnown(request, tag, read);
}

/** `GET /api/v1/wallboards/{token}` */
export async function getWallboard({ request, params }: Asked<"token">): Promise<Response> {
  const share = await opened(request, params.token, "wallboard");
  const { tag, board } = await wallboardOf(share);
  return unlessKnown(request, tag, () => board);
}

/** What a page begins with; `null` where the link opens nothing. `head` are the headers of its request. */
export function readSharedMeeting(token: string, head: Headers): Promise<SharedMeetingJson | null> {
  return orNull(async () => {
    const share = await openShare(token, "meeting", { address: addressIn(head), opening: "page" });
    return (await sharedMeetingOf(share)).read();
  });
}

/** The same for a wallboard. */
export function readWallboard(token: string, head: Headers): Promise<WallboardJson | null> {
  return orNull(async () => {
    const from = { address: addressIn(head), opening: "page" } as const;
    return (await wallboardOf(await openShare(token, "wallboard", from))).board;
  });
}

function opened({ headers }: Request, token: string, kind: ShareKind) {
  return openShare(token, kind, { address: addressIn(headers), opening: "data" });
}

function addressIn(headers: Pick<Headers, "get">): string {
  return headers.get(CLIENT_ADDRESS) ?? "";
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 429)) return null;
    throw error;
  }
}
