import { nowhere } from "#server/http/nowhere.ts";

/** Every other address under this one. */
export const GET = nowhere;
export const OPTIONS = nowhere;
export const POST = nowhere;
export const PUT = nowhere;
export const PATCH = nowhere;
export const DELETE = nowhere;
