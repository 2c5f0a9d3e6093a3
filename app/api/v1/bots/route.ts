import { botListApi, listBots } from "#server/integrations/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botListApi(listBots);
