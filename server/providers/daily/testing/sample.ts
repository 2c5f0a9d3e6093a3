/** 12 March 2026, 10:00 UTC, in the epoch seconds that Daily writes. */
export const TEN = 1773309600;
export const TEN_MS = TEN * 1000;

export const ROOM = "weekly-sync";
export const ADA = "5f1c7a52-6a0e-4c4e-9d0b-1a0c3a5f0001";

/** A connection as Daily describes it, Ada's, who came in at ten as a guest. */
export const connection = {
  room: ROOM,
  user_id: "u-ada",
  user_name: "Ada Lovelace",
  session_id: ADA,
  joined_at: TEN,
  will_eject_at: null,
  owner: false,
  permissions: {
    hasPresence: true,
    canSend: true,
    canReceive: { base: true },
    canAdmin: false,
  },
};

/** A body as Daily sends it: compact, in Daily's order. Ids are opaque, so any text is valid. */
export function dailyBody(type: string, payload: unknown, id: unknown = `1-${type}`): string {
  return JSON.stringify({ version: "1.0.0", type, id, payload, event_ts: TEN + 3600.25 });
}
