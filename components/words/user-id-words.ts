import { isEmail } from "#domain/identity/email.ts";

/** What a user id is called where it stands: for many providers and files it is an e-mail address. */
export function userIdName(userId: string): string {
  return isEmail(userId) ? "e-mail" : "user id";
}
