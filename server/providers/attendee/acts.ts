import type { ProviderActs } from "#server/providers/contract/contract.ts";

/**
 * Has the bot let in everybody who waits. Only a bot in a Zoom meeting can, and only as its host: Attendee refuses the
 * rest in words. It answers a success with nothing.
 */
export const admitAll: NonNullable<ProviderActs["admit_all"]> = async (api, { room }) => {
  await api.ask("POST", `/bots/${encodeURIComponent(room)}/admit_from_waiting_room`);
  return { url: null };
};
