import { type Handlers, handlers } from "#server/http/handlers.ts";
import { allowed, answeringClient, notAllowed } from "./answer.ts";
import { getBot } from "./bot.ts";
import { getBotEvents } from "./events.ts";
import { getBotParticipants } from "./participants.ts";

/** What a client of Attendee reads of a bot. */
export type BotEndpoint = (url: URL, bot: string) => Promise<object>;

export const readBot: BotEndpoint = getBot;
export const listBotEvents: BotEndpoint = getBotEvents;
export const listBotParticipants: BotEndpoint = getBotParticipants;

/** The handlers of an address of Attendee's: it can be read, with a key of ours, and nothing else. */
export function botApi(read: BotEndpoint): Handlers<"bot"> {
  return handlers<"bot">(
    {
      GET: async (request, { params }) => {
        const { bot } = await params;
        return answeringClient(request, (url) => read(url, bot));
      },
    },
    { others: notAllowed, options: allowed },
  );
}
