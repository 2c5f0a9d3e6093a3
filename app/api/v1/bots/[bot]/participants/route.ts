import { botApi, listBotParticipants } from "#server/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botApi(listBotParticipants);
