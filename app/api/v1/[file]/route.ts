import { auditLists } from "#server/access/audit/routes.ts";
import { lists } from "#server/http/files/file-routes.ts";
import { meetingLists } from "#server/meetings/routes.ts";
import { peopleLists } from "#server/people/routes.ts";
import { roomLists } from "#server/rooms/routes.ts";
import { waitLists } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = lists({
  audit: auditLists,
  meetings: meetingLists,
  people: peopleLists,
  rooms: roomLists,
  waits: waitLists,
});
