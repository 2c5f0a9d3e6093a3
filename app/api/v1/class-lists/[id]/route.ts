import { api } from "#server/http/api.ts";
import {
  readClassList,
  removeClassList,
  replaceClassList,
} from "#server/scheduled/routes-class-lists.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: readClassList,
  PUT: replaceClassList,
  DELETE: removeClassList,
});
