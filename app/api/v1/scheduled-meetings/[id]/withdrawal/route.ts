import { api } from "#server/http/api.ts";
import { bringScheduledBack } from "#server/scheduled/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ DELETE: bringScheduledBack });
