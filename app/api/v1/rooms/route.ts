import { answering } from "#server/api/answer.ts";
import { getRooms } from "#server/api/history/rooms.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getRooms);
}
