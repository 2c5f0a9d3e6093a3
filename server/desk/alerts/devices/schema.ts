import * as z from "zod/mini";
import { about, countOrNull, named, textOrNull, time, timeOrNull } from "#server/http/schema.ts";

export const device = named(
  "Device",
  z.object({
    id: z.string(),
    name: about(z.string(), "Its browser and system"),
    service: about(z.string(), "The host of its push service"),
    mark: about(z.string(), "SHA-256 of its endpoint, in hex, by which a browser knows itself"),
    added_at: time,
    tried_at: about(timeOrNull, "When anything was last sent to it"),
    status: about(countOrNull, "What its push service answered then"),
    failure: about(textOrNull, "Why it did not take it"),
  }),
);

export const devices = z.object({
  results: z.array(device),
  public_key: about(z.string(), "By which a browser subscribes: the applicationServerKey"),
});
