import { answering } from "#server/http/answer.ts";
import {
  deleteScheduledMeeting,
  getScheduledMeeting,
  putScheduledMeeting,
} from "#server/scheduled/api.ts";

interface Named {
  params: Promise<{ id: string }>;
}

export async function GET(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getScheduledMeeting(id));
}

export async function PUT(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => putScheduledMeeting(request, id, caller));
}

export async function DELETE(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteScheduledMeeting(request, id, caller));
}
