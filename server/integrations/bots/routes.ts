import { type Handlers, handlers } from "#server/http/handlers.ts";
import { type Described, document } from "#server/http/operation.ts";
import type { Query } from "#server/http/parameters.ts";
import { text, word } from "#server/http/query.ts";
import type { Schema } from "#server/http/schema.ts";
import { allowed, answeringClient, notAllowed } from "./answer.ts";
import { getBot } from "./bot.ts";
import { getBotEvents } from "./events.ts";
import { getBots } from "./list.ts";
import { getBotParticipants } from "./participants.ts";
import { bot, botEvents, botFailure, botPage, botParticipants } from "./schema.ts";

/** What a client of Attendee reads of a bot. A parameter that it does not know is passed over, as Attendee does. */
export interface BotEndpoint<Answer extends object = object> extends Query, Described {
  answers: { 200: Schema<Answer> };
  read: (url: URL, bot: string) => Promise<Answer>;
}

const CURSOR = { cursor: text.describe("Taken from next or previous only") };

/** The list of all bots, which needs no id. */
export const listBots: Omit<BotEndpoint, "read"> & { read: (url: URL) => Promise<object> } = {
  summary: "Bots as Attendee describes them, and meetings of other providers as such, oldest first",
  takes: {
    meeting_url: text.describe("Bots that were sent to this address"),
    deduplication_key: text.describe("Bots with this key of their user: none is known here"),
    states: text.describe("Bots in this state; given several times, in any of these"),
    join_at_after: text.describe("Bots that are to join after this moment"),
    join_at_before: text.describe("Bots that are to join before this moment"),
    ...CURSOR,
  },
  repeats: ["states"],
  answers: { 200: botPage },
  read: getBots,
};

export const readBot: BotEndpoint = bots({
  summary: "A bot as Attendee describes it: its state and events",
  takes: {},
  answers: { 200: bot },
  read: getBot,
});

export const listBotEvents: BotEndpoint = bots({
  summary: "The participant events of a bot, in the order they were recorded",
  takes: {
    after: text.describe("Events after this moment"),
    before: text.describe("Events before this moment"),
    ...CURSOR,
  },
  answers: { 200: botEvents },
  read: getBotEvents,
});

export const listBotParticipants: BotEndpoint = bots({
  summary: "The participants of a bot, in the order of their first events",
  takes: {
    is_host: word(["true", "false"]).describe("Hosts, or the others"),
    id: text.describe("The participant with this id"),
    ...CURSOR,
  },
  answers: { 200: botParticipants },
  read: getBotParticipants,
});

/** Holds that what is read is what is documented. */
function bots<Answer extends object>(endpoint: BotEndpoint<Answer>): BotEndpoint<Answer> {
  return endpoint;
}

/** The handlers of an address of Attendee's: it can be read, with a key of ours, and nothing else. */
export function botApi({ read, ...described }: BotEndpoint): Handlers<"bot"> {
  const GET: Handlers<"bot">["GET"] = async (request, { params }) => {
    const { bot: id } = await params;
    return answeringClient(request, (url) => read(url, id));
  };
  document(GET, [{ ...described, who: "read", fails: ["not_found"], refusal: botFailure }]);
  return handlers<"bot">({ GET }, { others: notAllowed, options: allowed });
}

/** The same of the list of all. */
export function botListApi({ read, ...described }: typeof listBots): Handlers<never> {
  const get: Handlers<never>["GET"] = async (request) => answeringClient(request, read);
  document(get, [{ ...described, who: "read", fails: ["not_found"], refusal: botFailure }]);
  return handlers<never>({ GET: get }, { others: notAllowed, options: allowed });
}
