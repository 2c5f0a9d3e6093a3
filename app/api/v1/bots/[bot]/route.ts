import { botApi, readBot } from "#server/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botApi(readBot);
