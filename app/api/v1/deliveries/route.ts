import { api } from "#server/http/api.ts";
import { listDeliveries } from "#server/sources/deliveries/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: listDeliveries });
