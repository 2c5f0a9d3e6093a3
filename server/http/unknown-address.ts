/** The 404 for an address of the API that does not exist. Needs no key, and reads no body. */
export async function unknownAddress(): Promise<Response> {
  const error = { code: "not_found", message: "There is nothing at this address." };
  return Response.json({ error }, { status: 404 });
}
