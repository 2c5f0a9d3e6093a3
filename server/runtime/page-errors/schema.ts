import * as z from "zod/mini";
import { about } from "#server/http/schema.ts";

export const reported = z.object({
  status: about(
    z.enum(["logged", "dropped"]),
    "Whether it is in the log; more than some a minute are only counted",
  ),
});
