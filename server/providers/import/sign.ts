import { signatureOf } from "#server/providers/contract/signature.ts";

export const SIGNATURE = "x-webhook-signature";

/** The headers to send a line with, for a program that reads files itself. No time is signed. */
export function sign(body: string, secret: string): Record<string, string> {
  const signature = signatureOf(secret, "", body);
  if (signature === null) throw new Error("cannot sign: the secret is not base64");
  return { "content-type": "application/json", [SIGNATURE]: signature };
}
