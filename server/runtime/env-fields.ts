import { z } from "zod";
import { Networks } from "./networks.ts";

/** An address without a slash at its end. */
export function address(message: string) {
  return z
    .string()
    .refine(isUrlOf("http:", "https:"), message)
    .transform((url) => url.replace(/\/+$/, ""))
    .nullable()
    .default(null);
}

export function networks() {
  return z
    .string()
    .transform((given, context) => {
      const read = Networks.in(given);
      if (read !== null) return read;
      const message =
        "must be addresses or networks with commas between them, such as 127.0.0.1, 10.0.0.0/8";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .default(Networks.none);
}

export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

export function isUrlOf(...protocols: string[]): (text: string) => boolean {
  return (text) => {
    const url = URL.parse(text);
    return url !== null && protocols.includes(url.protocol) && url.hostname !== "";
  };
}

/** The driver decodes the parts of an address, and fails at a broken escape. */
export function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "";
  } catch {
    return false;
  }
}
