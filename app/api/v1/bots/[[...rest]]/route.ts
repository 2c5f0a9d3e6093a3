import { nowhere } from "#server/bots/answer.ts";

/** Whatever else Attendee has under this address. */
export const GET = nowhere;
export const OPTIONS = nowhere;
export const POST = nowhere;
export const PUT = nowhere;
export const PATCH = nowhere;
export const DELETE = nowhere;
