import { api } from "#server/http/api.ts";
import { readDelivery } from "#server/sources/deliveries/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: readDelivery });
