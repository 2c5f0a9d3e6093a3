import { addChannel, listChannels } from "#server/desk/alerts/channels/routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listChannels,
  POST: addChannel,
});
