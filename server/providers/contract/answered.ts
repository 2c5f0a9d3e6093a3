import type { z } from "zod";
import { ProviderApiFailure } from "./provider-api.ts";

/** What a provider's API answered, as its documentation has it. Throws `ProviderApiFailure` where it is not so. */
export function answeredAs<T>(schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const said = "Its answer was not as its documentation says.";
  throw new ProviderApiFailure("away", { said, cause: read.error });
}
