import { answering } from "#server/http/answer.ts";
import { exportRooms } from "#server/rooms/export.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportRooms(url, "csv"));
}
