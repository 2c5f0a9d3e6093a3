import * as z from "zod/mini";

export const openApi = z.looseObject({ openapi: z.string(), paths: z.looseObject({}) });
