import type { MeetingEvent } from "#domain/event/event.ts";
import { ends, joins, knocks, leaves, minutes, starts, stopsWaiting, updates } from "./history.ts";

type Lines = Parameters<typeof minutes>;

/**
 * Histories of a room, in the order of arrival: each time the last or a late event changes what an earlier
 * meeting was, and once the batches gave another projection than all at once.
 */
const HISTORIES: [string, Lines][] = [
  [
    "a leave that was lost, another meeting of the provider, and a wait there that began before",
    [
      ["10:30:34", joins("Ada")],
      ["11:26:46", starts(null)],
      ["11:51:31", stopsWaiting("Bo", { since: "11:09:04" })],
    ],
  ],
  [
    "the same, and an end of the provider's that names an earlier start",
    [
      ["11:15:12", starts(null)],
      ["10:08:45", joins("Ada")],
      ["11:24:13", ends(null, "10:58:24")],
    ],
  ],
  [
    "the same, and another person between the two meetings",
    [
      ["10:05:15", joins("Ada")],
      ["11:16:16", starts(null)],
      ["11:53:27", ends(null)],
      ["11:08:56", updates("Bo", {})],
    ],
  ],
  [
    "a leave that was lost, the same connection again hours later, and another person in between",
    [
      ["11:47:20", joins("Ada")],
      ["10:00:09", joins("Ada")],
      ["11:05:41", updates("Bo", {})],
    ],
  ],
  [
    "the same, and that it was still there as others came",
    [
      ["11:07:38", knocks("Bo")],
      ["11:35:52", joins("Ada")],
      ["10:03:45", joins("Ada")],
      ["10:06:15", updates("Ada", {})],
    ],
  ],
  [
    "the same, and that it was there while others were",
    [
      ["11:02:38", joins("Bo")],
      ["11:35:52", joins("Ada")],
      ["10:01:45", joins("Ada")],
      ["11:20:00", updates("Ada", {})],
    ],
  ],
  [
    "a leave that was lost, its user again as another connection, and then that it is still there",
    [
      ["10:00", joins("Ada", { user: "ada", session: "1" })],
      ["11:40", joins("Ada", { user: "ada", session: "2" })],
      ["11:50", updates("Ada", { user: "ada", session: "1" })],
    ],
  ],
  [
    "a meeting that the provider begins again under its id",
    [
      ["10:02:45", starts("m2")],
      ["10:02", ends("m2")],
      ["10:09:45", updates("Ada", {})],
    ],
  ],
  [
    "the same, with a person who came later",
    [
      ["10:01", ends("m1")],
      ["10:10", starts("m1")],
      ["10:27:02", leaves("Ada", { joinedAt: "09:59:30" })],
      ["10:33:29", joins("Bo")],
    ],
  ],
  [
    "a knock that joined the wait of a namesake who came in, and then came in itself",
    [
      ["10:03:45", joins(null, { session: "1" })],
      ["10:00:08", stopsWaiting("Bo", { session: "1" })],
      ["10:05", ends(null)],
      ["10:00:45", knocks("Bo", { session: "2" })],
      ["10:10:47", joins(null, { session: "2" })],
    ],
  ],
];

export const lateHistories: [string, MeetingEvent[]][] = HISTORIES.map(([name, lines]) => [
  name,
  minutes(...lines),
]);
