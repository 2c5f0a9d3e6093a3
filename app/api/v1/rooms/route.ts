import { answering } from "#server/http/answer.ts";
import { getRooms } from "#server/rooms/page.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getRooms);
}
