import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { clock, minutes, rules } from "./history.ts";

type Lines = Parameters<typeof minutes>;

/** A meeting of a gap-parted room, projected at 13:00. */
export function meetingOfLines(...lines: Lines): MeetingView {
  return projectMeeting(minutes(...lines), rules, clock("13:00"));
}

/** The one person of that name. */
export function person(view: MeetingView, name: string | null): PersonView {
  const named = view.people.filter((one) => one.name === name);
  const [only] = named;
  if (!only || named.length > 1) throw new Error(`${named.length} people are called ${name}`);
  return only;
}

/** `10:00:00–10:30:00`, or `10:00:00–` while it lasts. */
export function span(from: number, to: number | null): string {
  return `${time(from)}–${to === null ? "" : time(to)}`;
}

function time(at: number): string {
  const seconds = (at - clock("00:00")) / 1000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
