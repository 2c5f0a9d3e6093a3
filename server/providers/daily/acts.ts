import { z } from "zod";
import { answeredAs } from "#server/providers/contract/answered.ts";
import type { ProviderActs } from "#server/providers/contract/contract.ts";
import { ProviderApiFailure } from "#server/providers/contract/provider-api.ts";

/** For so long the token lets somebody in; who is in by then stays. */
const TOKEN_HOLDS_MS = 10 * 60_000;
/** So many are ejected by one call. */
const MOST_EJECTED = 100;

const roomOfDaily = z.object({ url: z.url({ protocol: /^https$/ }) });
const meetingToken = z.object({ token: z.string().min(1) });
const ejected = z.object({ ejectedIds: z.array(z.string()) });

/**
 * The room with a meeting token of an owner, who may let people in there. It is made for one person and one room, and
 * is of no use soon after.
 */
export const openAsHost: NonNullable<ProviderActs["open_as_host"]> = async (
  api,
  { room, name, now },
) => {
  const { url } = answeredAs(
    roomOfDaily,
    await api.ask("GET", `/rooms/${encodeURIComponent(room)}`),
  );
  const exp = Math.ceil((now + TOKEN_HOLDS_MS) / 1_000);
  const properties = { room_name: room, is_owner: true, user_name: name, exp };
  const { token } = answeredAs(
    meetingToken,
    await api.ask("POST", "/meeting-tokens", { properties }),
  );
  const opened = new URL(url);
  opened.searchParams.set("t", token);
  return { url: opened.href };
};

/** Who is not found is no failure of Daily's: it answers whom it ejected. */
export const ejectFromRoom: NonNullable<ProviderActs["eject"]> = async (
  api,
  { room, participantIds },
) => {
  const ids = participantIds.slice(0, MOST_EJECTED);
  const path = `/rooms/${encodeURIComponent(room)}/eject`;
  const { ejectedIds } = answeredAs(ejected, await api.ask("POST", path, { ids }));
  if (ejectedIds.length === 0) {
    throw new ProviderApiFailure("refused", {
      said: "Nobody with this connection is in the room.",
    });
  }
  return { url: null };
};
