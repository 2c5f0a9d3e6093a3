import type { Page } from "@playwright/test";
import type { Api } from "./api.ts";
import { ago, ms } from "./clock.ts";
import { type DailyRoom, guest } from "./daily.ts";
import { MeetingPageObject } from "./screens.ts";

/** A lesson of 42 minutes with a change of hosts, a reconnect, and a person who gave up. */
export async function lesson(room: DailyRoom): Promise<DailyRoom> {
  const begin = ago("42:00");
  const at = (time: string) => begin + ms(time);
  const lena = { userId: "lena@example.edu" };
  const singh = guest("P. Singh", { owner: true });
  const kofi = guest("Kofi");
  const first = guest("Lena", lena);
  await room.joins(singh, begin);
  await room.joins(first, at("2:11"));
  await room.leaves(singh, { since: begin, at: at("18:00") });
  await room.joins(guest("R. Lindqvist", { owner: true }), at("20:00"));
  await room.knocks(kofi, at("25:00"));
  await room.leaves(first, { since: at("2:11"), at: at("26:40") });
  await room.joins(guest("Lena", lena), at("26:49"));
  await room.stopsWaiting(kofi, { since: at("25:00"), at: at("27:26") });
  await room.joins(guest("Ravi"), at("30:00"));
  return room;
}

/** Opens the page of the meeting in a room. */
export async function openMeeting(
  page: Page,
  room: DailyRoom,
  api: Api,
): Promise<{ meeting: MeetingPageObject; id: string }> {
  const meeting = new MeetingPageObject(page);
  const { id } = await api.meetingOf(room.name);
  await meeting.open(id);
  return { meeting, id };
}
