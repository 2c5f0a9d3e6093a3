import { answering } from "#server/http/answer.ts";
import { getRoomSettings, patchRoomSettings } from "#server/rooms/room-settings.ts";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getRoomSettings(id));
}

export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answering(request, (_, caller) => patchRoomSettings(request, id, caller));
}
