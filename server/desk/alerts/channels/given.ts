import { z } from "zod";
import { CHANNEL_KINDS } from "#domain/desk/alerts/channel.ts";
import { LONGEST_URL } from "#server/integrations/outgoing/sending/address.ts";

const fields = {
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().min(1).max(LONGEST_URL),
  initials: z.boolean(),
  on: z.boolean(),
};

export const newChannelShape = z
  .strictObject({ kind: z.enum(CHANNEL_KINDS), ...fields })
  .partial({ name: true, initials: true, on: true });
export const channelShape = z.strictObject(fields).partial();
export const mailAddress = z.email();
