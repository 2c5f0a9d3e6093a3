import { botListApi, listBots } from "#server/bots/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = botListApi(listBots);
