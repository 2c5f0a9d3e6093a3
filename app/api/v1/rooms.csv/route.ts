import { answering } from "#server/api/answer.ts";
import { exportRooms } from "#server/api/history/export-rooms.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportRooms(url, "csv"));
}
