import { nowhere } from "#server/http/nowhere.ts";

/** Whatever else somebody looks for under this address. */
export const GET = nowhere;
export const OPTIONS = nowhere;
export const POST = nowhere;
export const PUT = nowhere;
export const PATCH = nowhere;
export const DELETE = nowhere;
