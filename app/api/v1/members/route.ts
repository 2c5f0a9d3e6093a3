import { inviteMember, listMembers } from "#server/access/member-routes.ts";
import { api } from "#server/http/api.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: listMembers,
  POST: inviteMember,
});
