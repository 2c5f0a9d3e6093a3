import { auditFile } from "#server/access/audit/routes.ts";
import { files } from "#server/http/files/file-routes.ts";
import { meetingsFile } from "#server/meetings/routes.ts";
import { peopleFile } from "#server/people/routes.ts";
import { roomsFile } from "#server/rooms/routes.ts";
import { waitsFile } from "#server/waits/routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = files({
  audit: auditFile,
  meetings: meetingsFile,
  people: peopleFile,
  rooms: roomsFile,
  waits: waitsFile,
});
