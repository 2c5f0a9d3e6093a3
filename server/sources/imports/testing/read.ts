import { projectMeeting } from "#domain/meeting/meeting.ts";
import { attendedMs } from "#domain/meeting/person-view.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS, type Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Item, ProjectedItem } from "#server/sources/imports/item.ts";
import { planned } from "#server/sources/imports/plan.ts";
import { type Survey, type SurveyAsked, survey } from "#server/sources/imports/survey.ts";
import { bytesOf } from "./files.ts";

const RULES: Rules = {
  meetings: "by_gap",
  userIdsLast: true,
  emptyGapMs: DEFAULT_EMPTY_GAP_MS,
  graceMs: DEFAULT_GRACE_MS,
  silenceMs: null,
  noteTakers: [],
  roomTitles: [],
};

/** How a file is read, and its people and remarks; nothing is stored. */
export interface ReadFile {
  known: Survey;
  items: Item[];
  /** `room | name 12:30 status from – to`, in UTC, with `~` where an end is inferred; meeting by meeting. */
  people: string[];
  refused: string[];
  leftOut: string[];
  remarks: string[];
}

export type ReadChanges = Partial<SurveyAsked & { zone: string }>;

/** Reads lines as an import would, in UTC unless `changes` names another zone. */
export async function readLines(
  lines: readonly string[] | Uint8Array,
  changes: ReadChanges = {},
  now: Ms = Date.UTC(2026, 11, 20),
): Promise<ReadFile> {
  const bytes = lines instanceof Uint8Array ? lines : bytesOf(lines);
  const asked = {
    file: "Lesson.csv",
    zone: "UTC",
    format: null,
    dates: null,
    day: null,
    room: null,
    said: { given: null, remembered: new Map() },
    ...changes,
  };
  const fileSurvey = await survey(bytes, asked, now);
  const items = [...planned(bytes, asked, fileSurvey)];
  const projected = items.filter((item) => item.kind === "told");
  const linesOf = (kind: "refused" | "left_out") =>
    items.flatMap((item) => (item.kind === kind ? [`${item.line}: ${item.reason}`] : []));
  return {
    known: fileSurvey,
    items,
    people: peopleIn(projected, now),
    refused: linesOf("refused"),
    leftOut: linesOf("left_out"),
    remarks: projected.flatMap(({ line, remarks }) =>
      remarks.map(({ remark }) => `${line}: ${remark}`),
    ),
  };
}

function peopleIn(projected: readonly ProjectedItem[], now: Ms): string[] {
  const rooms = Map.groupBy(projected, ({ reading }) => reading.about.room);
  return [...rooms].flatMap(([room, lines]) => {
    const events = lines.flatMap(({ reading }) => reading.about.events);
    return partMeetings(events, RULES, now).flatMap((own) =>
      projectMeeting(own, RULES, now).people.map((person) => {
        const visit = person.visits.at(-1);
        const mark = person.visits.some(({ end }) => end === "inferred") ? "~" : "";
        const [from, to] = [clockOf(person.firstJoinedAt), clockOf(visit?.leftAt ?? null)];
        const waits = person.waits.map(({ outcome }) => ` ${outcome}`).join("");
        const name = person.userId === null ? person.name : `${person.name} <${person.userId}>`;
        return `${room} | ${name} ${lengthOf(attendedMs(person, now))}${mark} ${from}–${to}${waits}`;
      }),
    );
  });
}

function clockOf(at: Ms | null): string {
  return at === null ? "?" : new Date(at).toISOString().slice(5, 16).replace("T", " ");
}

function lengthOf(ms: Ms): string {
  return `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
}
