import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

/*
 * Four lessons, calculated by hand. Late is after 5 min, early before the last 5 min, and attended is from half
 * of the lesson on. Minutes in, with L for late, E for early, (…) for too short, × for waited in vain:
 *
 *            1st, 60 min   2nd, 60 min   3rd, 60 min    4th, 90 min   attended   minutes   share of 270
 *   Bo       L 50          60            L 48 E         –             3          158       58.51 %
 *   Cy       40 E          ×             –              80            2          120       44.44 %
 *   Dee      (10)          –             60             –             1           70       25.92 %
 *   there    2             1             2              1             6
 *   host Ada 60            60            20 + 30 = 50   90            4          260       96.29 %
 *
 * Ada hosts and is counted apart: each lesson begins with her, and she is in none of these. Average attendance
 * 6 ÷ 4 = 1.5. Average stay (158 + 120 + 60) ÷ 6 = 56⅓ min: what was too short is no part of it. Average length
 * 270 ÷ 4 = 67.5 min. Regulars, three of four: Bo. Before the last lesson he had been to all three, and he
 * missed it: not lately.
 */

let counter: ApiClient;
let id: string;
const lesson = (weeksAgo: number) => (time: string) => {
  const [hour = "0", rest = "00"] = time.split(":");
  return `${Number(hour) - 24 * 7 * weeksAgo}:${rest}`;
};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
  const account = await counter.app.account();
  const [first, second, third, fourth] = [lesson(3), lesson(2), lesson(1), lesson(0)];
  let sessions = 0;
  /** A person joins and leaves; Ada has a user id and hosts. */
  const was = (at: (time: string) => string, name: string, from: string, to: string) => {
    sessions += 1;
    const who = { session: `s${sessions}`, ...(name === "Ada" ? { user: "7", host: true } : {}) };
    return minutes(
      [at(from), joins(name, who)],
      [at(to), leaves(name, { ...who, joinedAt: at(from) })],
    );
  };
  await deliverBodies(counter.app, account, "algebra", [
    ...was(first, "Ada", "9:00", "10:00"),
    ...was(first, "Bo", "9:10", "10:00"),
    ...was(first, "Cy", "9:00", "9:40"),
    ...was(first, "Dee", "9:10", "9:20"),
    ...was(second, "Ada", "9:00", "10:00"),
    ...was(second, "Bo", "9:00", "10:00"),
    ...minutes(
      [second("9:01"), knocks("Cy", { session: "w1" })],
      [second("9:30"), stopsWaiting("Cy", { session: "w1", since: second("9:01") })],
    ),
    ...was(third, "Ada", "9:00", "9:20"),
    ...was(third, "Ada", "9:30", "10:00"),
    ...was(third, "Bo", "9:06", "9:54"),
    ...was(third, "Dee", "9:00", "10:00"),
    ...was(fourth, "Ada", "9:00", "10:30"),
    ...was(fourth, "Cy", "9:05", "10:25"),
  ]);
  const [room] = await counter.app.database.sql`select id::text from rooms where key = 'algebra'`;
  id = room?.["id"];
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const ASKED = "from=2026-10-20&to=2026-11-20&tz=UTC&share=50&missed=1";

describe("four lessons", () => {
  test("add up to the numbers calculated by hand", async () => {
    expect(await counter.read(`/api/v1/rooms/${id}/register?${ASKED}`)).toMatchObject({
      meetings_count: 4,
      meetings: [
        {
          length_ms: 60 * 60_000,
          attended_count: 2,
          late_count: 1,
          left_early_count: 1,
          hosts_count: 1,
        },
        { length_ms: 60 * 60_000, attended_count: 1, late_count: 0, left_early_count: 0 },
        {
          length_ms: 60 * 60_000,
          attended_count: 2,
          late_count: 1,
          left_early_count: 1,
          hosts_count: 1,
        },
        { length_ms: 90 * 60_000, attended_count: 1, late_count: 0, left_early_count: 0 },
      ],
      summary: {
        held_count: 4,
        unique_count: 3,
        hosts_count: 1,
        attendances_count: 6,
        average_attendance: 1.5,
        average_stay_ms: 3_380_000,
        average_length_ms: 4_050_000,
        late_count: 2,
        left_early_count: 2,
        never_missed_count: 0,
        regulars_count: 1,
        not_lately_count: 1,
        trend: { span: 2, lately: 1.5, before: 1.5 },
      },
    });
  });

  test("make a class register as a matrix", async () => {
    const response = await counter.ask(`/api/v1/rooms/${id}/register.csv?${ASKED}`);
    expect((await response.text()).split("\r\n")).toEqual([
      "person,user_id,identified_by,ambiguous,attended_meetings,held_meetings,meetings_too_short," +
        "attended,attended_ms,share,inferred_meetings,late,left_early,regular,not_lately,host,guest," +
        "2026-10-30 09:00,2026-11-06 09:00,2026-11-13 09:00,2026-11-20 09:00",
      "Bo,,name,false,3,4,0,2:38:00,9480000,0.5852,0,2,1,true,true,false,,late,present,late_and_left_early,absent",
      "Cy,,name,false,2,4,0,2:00:00,7200000,0.4444,0,0,1,false,false,false,,left_early,not_admitted,absent,present",
      "Dee,,name,false,1,4,0,1:10:00,4200000,0.2593,0,0,0,false,false,false,,brief,absent,present,absent",
      "Ada,7,user_id,false,4,4,0,4:20:00,15600000,0.963,0,0,0,true,false,true,,present,present,present,present",
      "",
    ]);
  });

  test("make sheets of numbers that can be added up", async () => {
    const response = await counter.ask(`/api/v1/rooms/${id}/register.xlsx?${ASKED}`);
    const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
    const [head = [], ...rows] = sheets[0]?.rows ?? [];
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
    expect(column("Person")).toEqual(["Bo", "Cy", "Dee", "Ada"]);
    expect(column("Share of all meeting time")).toEqual([0.5852, 0.4444, 0.2593, 0.963]);
    expect(column("2026-11-13 09:00")).toEqual([
      "late and left early",
      "absent",
      "present",
      "present",
    ]);
    expect(Object.fromEntries(sheets.at(-1)?.rows ?? [])).toMatchObject({
      "What this is": "Register of algebra",
      Days: "2026-10-20 to 2026-11-20",
      Late: "more than 5 min after the start",
      Attended: "was there for 50% of the meeting",
      "Late counts, meeting of 2026-11-13 09:00": "from 09:00, when the first host came in",
      "Time zone of all dates and times": "UTC",
    });
  });

  test("make one long list for programs", async () => {
    const answer = await counter.read(`/api/v1/rooms/${id}/register.json?${ASKED}`);
    const { results } = z.object({ results: z.array(z.unknown()) }).parse(answer);
    expect(results).toHaveLength(16);
    expect(results[2]).toEqual({
      person: "Bo",
      user_id: null,
      identified_by: "name",
      ambiguous: false,
      meeting_id: expect.any(String),
      started_at: "2026-11-13T09:00:00.000Z",
      ended_at: "2026-11-13T10:00:00.000Z",
      length_ms: 3_600_000,
      state: "late_and_left_early",
      first_joined_at: "2026-11-13T09:06:00.000Z",
      last_left_at: "2026-11-13T09:54:00.000Z",
      attended_ms: 2_880_000,
      share_of_meeting: 0.8,
      hosted: false,
      meeting_left_out: null,
      inferred: false,
      first_joined_is: "exact",
      last_left_is: "exact",
      attended_is: "exact",
      late_from: "2026-11-13T09:00:00.000Z",
      late_from_by: "host",
      host: false,
      guest: null,
    });
  });
});
