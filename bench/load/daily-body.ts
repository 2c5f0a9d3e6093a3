/** One event of a connection of Daily; times in epoch ms. */
export interface DailyMoment {
  type:
    | "participant.joined"
    | "participant.left"
    | "waiting-participant.joined"
    | "waiting-participant.left";
  room: string;
  session: string;
  userId: string | null;
  name: string;
  owner: boolean;
  /** When the connection, or the knock, began. */
  from: number;
  /** When it ended; `null` for a beginning. */
  to: number | null;
}

/** A body as Daily sends it: compact, in seconds with a fraction, with many fields that are not read. */
export function dailyBody({
  type,
  room,
  session,
  userId,
  name,
  owner,
  from,
  to,
}: DailyMoment): string {
  const payload = {
    room,
    user_id: userId ?? session,
    user_name: name,
    session_id: session,
    joined_at: from / 1_000,
    will_eject_at: null,
    owner,
    permissions: { hasPresence: true, canSend: true, canReceive: { base: true }, canAdmin: owner },
    ...(to === null ? {} : { duration: to / 1_000 - from / 1_000 }),
  };
  const event_ts = ((to ?? from) + 1) / 1_000;
  return JSON.stringify({ version: "1.0.0", type, id: `1-${type}-${session}`, payload, event_ts });
}
