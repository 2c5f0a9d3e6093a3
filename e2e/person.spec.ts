import { expect } from "@playwright/test";
import { AT_NOON, ago, ms } from "./world/clock.ts";
import { guest } from "./world/daily.ts";
import { openMeeting } from "./world/lesson.ts";
import { sign } from "./world/screens.ts";
import { test } from "./world/test.ts";

test.use({ storageState: AT_NOON });

test("every interval opens the delivery that reported it, and repeats are counted", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("proof");
  const begin = ago("30:00");
  const ada = guest("Ada");
  const joined = await room.joins(ada, begin);
  await room.leaves(ada, { since: begin, at: begin + ms("10:00") });
  await room.repeats(joined);
  await room.repeats(joined);

  const { meeting } = await openMeeting(page, room, api);
  await meeting.lane("Ada").click();
  await expect(meeting.drawer).toContainText("2 events · 2 repeated deliveries ignored");
  await meeting.drawer.getByRole("button", { name: /^joined .*show what was delivered$/ }).click();
  const dialog = page.getByRole("dialog", { name: /^joined / });
  await expect(dialog).toContainText("participant.joined");
  await expect(dialog).toContainText("2 times, ignored");
  await dialog.getByRole("button", { name: "As it came" }).click();
  await expect(dialog.locator("pre")).toHaveText(joined.body);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(
    meeting.drawer.getByRole("button", { name: /^joined .*show what was delivered$/ }),
  ).toBeFocused();
});

test("people merged by name are separated by hand, with who did it and when, and the correction is undone", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("guests");
  const begin = ago("30:00");
  await room.joins(guest("Host", { owner: true }), begin);
  const first = guest("Guest");
  await room.joins(first, begin + ms("1:00"));
  await room.leaves(first, { since: begin + ms("1:00"), at: begin + ms("5:00") });
  const second = guest("Guest");
  await room.joins(second, begin + ms("10:00"));
  await room.leaves(second, { since: begin + ms("10:00"), at: begin + ms("16:00") });

  const { meeting, id } = await openMeeting(page, room, api);
  await expect(meeting.lane("Guest")).toHaveCount(1);
  await expect(meeting.lane("Guest")).toHaveAccessibleName(/2 connections of the same name/);
  await meeting.lane("Guest").click();
  await expect(meeting.drawer).toContainText("Taken as one person by name");
  const attended = async () => {
    const { people } = await api.meeting(id);
    return people.filter(({ name }) => name === "Guest").map((person) => person.attended_ms);
  };
  expect(await attended()).toEqual([ms("10:00")]);

  await meeting.drawer
    .getByRole("button", { name: /not the same person$/ })
    .nth(1)
    .click();
  await sign(page, "Marta at reception");
  await expect(meeting.lane("Guest")).toHaveCount(2);
  const corrections = meeting.drawer.getByRole("list", { name: "Corrections by hand" });
  await expect(corrections).toContainText(/kept apart.* by Marta at reception · \d\d:\d\d/);
  expect((await attended()).toSorted()).toEqual([ms("4:00"), ms("6:00")]);

  await page.reload();
  await expect(meeting.lane("Guest"), "for everybody who looks").toHaveCount(2);
  await meeting.lane("Guest").first().click();
  await corrections.getByRole("button", { name: "Undo" }).click();
  await expect(meeting.lane("Guest")).toHaveCount(1);
  await expect(corrections).toHaveCount(0);
  expect(await attended()).toEqual([ms("10:00")]);
});

test("two people are joined by hand, after a preview of what that changes", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("devices");
  const begin = ago("30:00");
  const laptop = guest("Robert Vance");
  await room.joins(laptop, begin);
  await room.leaves(laptop, { since: begin, at: begin + ms("10:00") });
  const phone = guest("iPhone");
  await room.joins(phone, begin + ms("8:00"));
  await room.leaves(phone, { since: begin + ms("8:00"), at: begin + ms("20:00") });

  const { meeting, id } = await openMeeting(page, room, api);
  await meeting.lane("Robert Vance").click();
  await meeting.drawer.getByRole("button", { name: "Same person as…" }).click();
  const dialog = page.getByRole("dialog", { name: /same person as Robert Vance/ });
  await dialog.getByRole("radio", { name: /iPhone/ }).click();
  await expect(dialog).toContainText("They were in at the same time for 2:00; that counts once.");
  await expect(dialog).toContainText("10:00 + 12:00");
  await dialog.getByRole("button", { name: "Put together" }).click();
  await sign(page, "Marta");
  await expect(meeting.lanes.getByRole("option")).toHaveCount(1);
  await expect(meeting.drawer).toContainText("joined by hand · 2 connections");
  const { people } = await api.meeting(id);
  expect(people.map((person) => person.attended_ms)).toEqual([ms("20:00")]);
});

test("a revision is announced quietly", async ({ page, openRoom, world: { api } }) => {
  const room = openRoom("late");
  const begin = ago("30:00");
  await room.joins(guest("Host", { owner: true }), begin);
  const kofi = guest("Kofi");
  await room.knocks(kofi, begin + ms("5:00"));
  await room.stopsWaiting(kofi, { since: begin + ms("5:00"), at: begin + ms("7:00") });

  await page.clock.install();
  const { meeting } = await openMeeting(page, room, api);
  await expect(meeting.lane("Kofi")).toHaveAccessibleName(/not admitted/);
  // What was shown for less than five seconds needs no revision.
  await page.clock.runFor(7_000);
  await room.joins(kofi, begin + ms("7:00"));
  await expect(meeting.lane("Kofi")).toHaveAccessibleName(/here/);
  const line = page.getByRole("status").filter({ hasText: "Corrected" });
  await expect(line).toContainText(/Kofi, shown as lost, was admitted after all at \d\d:\d\d:\d\d/);
  await line.getByRole("button", { name: "Dismiss" }).click();
  await expect(line).toHaveCount(0);
});
