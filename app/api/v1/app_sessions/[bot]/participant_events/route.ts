import { botApi, listBotEvents } from "#server/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botApi(listBotEvents);
