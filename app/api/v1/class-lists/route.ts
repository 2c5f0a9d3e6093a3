import { api } from "#server/http/api.ts";
import { createClassList, listClassLists } from "#server/scheduled/routes-class-lists.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listClassLists,
  POST: createClassList,
});
