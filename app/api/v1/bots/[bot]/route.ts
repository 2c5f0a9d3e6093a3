import { botApi, readBot } from "#server/integrations/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botApi(readBot);
