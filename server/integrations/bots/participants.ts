import { database } from "#db/connection/client.ts";
import { type BotParticipantRow, botParticipants as botParticipantsOf } from "#db/meetings/bots.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { BotRefusal } from "./answer.ts";
import { findBot } from "./find.ts";
import { lastIn } from "./moments.ts";
import { PAGE, pageNumberIn, pageOf } from "./pages.ts";
import type { botParticipants } from "./schema.ts";

const PREFIX = "par_";

/** `GET /api/v1/bots/{id}/participants`: every participant that was in, in the order of their first events. */
export async function getBotParticipants(
  url: URL,
  id: string,
): Promise<AnswerOf<typeof botParticipants>> {
  const bot = await findBot(id);
  const narrowed = { isHost: hostIn(url), name: nameIn(url) };
  const cursor = pageNumberIn(url, bot.meetingId);
  const rows = await botParticipantsOf(database().orm, bot, narrowed, cursor, PAGE + 1);
  return pageOf(url, bot.meetingId, cursor, rows, participantJson);
}

function participantJson({ participantId, name, fullName, userId, isHost }: BotParticipantRow) {
  return {
    id: `${PREFIX}${name}`,
    name: fullName,
    uuid: participantId,
    user_uuid: userId,
    is_host: isHost,
  };
}

function hostIn(url: URL): boolean | null {
  const text = lastIn(url, "is_host")?.trim().toLowerCase();
  switch (text) {
    case undefined:
      return null;
    case "true":
      return true;
    case "false":
      return false;
    default:
      throw new BotRefusal(400, { error: "Invalid is_host value. Use true or false." });
  }
}

/** The name in the `id` of a query; `null` for all participants, empty (which finds none) for an invalid id. */
function nameIn(url: URL): string | null {
  const text = lastIn(url, "id");
  if (text === null || text === "") return null;
  return /^par_[0-9a-f]{16}$/.test(text) ? text.slice(PREFIX.length) : "";
}
