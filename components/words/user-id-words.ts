import { isEmail } from "#domain/identity/email.ts";

/** The label of a user id: for many providers and files it is an e-mail address. */
export function userIdName(userId: string): string {
  return isEmail(userId) ? "e-mail" : "user id";
}
