import { nowhere } from "#server/bots/answer.ts";

/** Every other address that Attendee's API has under this one. */
export const GET = nowhere;
export const OPTIONS = nowhere;
export const POST = nowhere;
export const PUT = nowhere;
export const PATCH = nowhere;
export const DELETE = nowhere;
