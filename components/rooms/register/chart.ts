import type { RegisterColumn } from "#domain/rooms/register/register.ts";

/** A bar of the attendance chart, in percent of its height; widths are equal. */
export interface AttendanceBar {
  kind: "held" | "live" | "erased" | "empty";
  /** Everyone who attended, and of them those who came late; drawn on top of those on time. */
  height: number;
  late: number;
  /** The number of people that the bar stands for. */
  count: number;
}

export interface Chart {
  bars: AttendanceBar[];
  /** The number of people at the top of the chart. */
  most: number;
  /** The mean of each held meeting and the three before it, in percent from the bottom; it begins at the fourth. */
  mean: { index: number; height: number }[];
}

const MEAN_OF = 4;

/** The attendance of meetings as a picture. Of an erased meeting only the number of people is left. */
export function chartOf(meetings: readonly RegisterColumn[]): Chart {
  const most = Math.max(1, ...meetings.map(countOf));
  const scaled = (count: number) => (count / most) * 100;
  const heldCounts: { index: number; count: number }[] = [];
  const mean: Chart["mean"] = [];
  const bars = meetings.map((meeting, index): AttendanceBar => {
    const count = countOf(meeting);
    if (meeting.held) {
      heldCounts.push({ index, count });
      const window = heldCounts.slice(-MEAN_OF);
      if (window.length === MEAN_OF) {
        const sum = window.reduce((total, one) => total + one.count, 0);
        mean.push({ index, height: scaled(sum / MEAN_OF) });
      }
    }
    return { kind: kindOf(meeting), height: scaled(count), late: scaled(meeting.late), count };
  });
  return { bars, most, mean };
}

function countOf({ attended, peopleCount }: RegisterColumn): number {
  return attended ?? peopleCount;
}

function kindOf({ held, erased, status }: RegisterColumn): AttendanceBar["kind"] {
  if (erased) return "erased";
  if (status !== "ended") return "live";
  return held ? "held" : "empty";
}
