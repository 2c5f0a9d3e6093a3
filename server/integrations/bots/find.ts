import { database } from "#db/connection/client.ts";
import type { BotRow } from "#db/meetings/bot-row.ts";
import { botAtAddress, botInRoom } from "#db/meetings/bots.ts";
import { isKeepable } from "#server/http/json-body.ts";
import { attendee } from "#server/providers/attendee/attendee.ts";
import { BotRefusal } from "./answer.ts";

/** A bot, and the id in the request. */
export interface FoundBot extends BotRow {
  id: string;
}

/**
 * The bot with that id: a room of an Attendee source, or a meeting of any provider by its own id. Where
 * several sources know a bot, the one added last answers. Throws 404.
 */
export async function findBot(id: string): Promise<FoundBot> {
  const { orm } = database();
  const meeting = await botAtAddress(orm, id);
  if (meeting !== null) return { ...meeting, id: meeting.meetingId ?? id };
  const room = !isKeepable(id) ? null : await botInRoom(orm, attendee.name, id);
  if (room === null) throw new BotRefusal(404, { error: "Bot not found" });
  return { ...room, id };
}
