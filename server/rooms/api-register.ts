import { askedRegister } from "./register.ts";
import { registerJson } from "./register-json.ts";

/** `GET /api/v1/rooms/{id}/register` */
export async function getRegister(url: URL, id: string): Promise<Response> {
  return Response.json(registerJson(await askedRegister(url, id, Date.now())));
}
