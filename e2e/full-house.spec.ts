import { expect, type Page } from "@playwright/test";
import { ago } from "./world/clock.ts";
import { type DailyRoom, type Guest, guest } from "./world/daily.ts";
import { MeetingPageObject, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

const PEOPLE = 1_000;
const AT_ONCE = 256;
const STEP_MS = 500;
/** Never more lanes than this are drawn, however many there are. */
const MOST_LANES = 120;

test("a thousand people and ten thousand events open, scroll and move", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("assembly");
  const happened = Array.from({ length: PEOPLE }, (_, n) => lifeOf(room, n)).flat();
  expect(happened.length).toBeGreaterThan(10_000);
  await inParallel(
    AT_ONCE,
    happened.toSorted((a, b) => a.at - b.at),
    ({ at, send }) => send(at),
  );
  // All deliveries are stored; the events that follow from so many are projected while the test waits.
  const seq = happened.length;
  await expect.poll(async () => (await api.meetingOf(room.name)).seq).toBe(seq);
  const { id } = await api.meetingOf(room.name);
  const meeting = new MeetingPageObject(page);
  const lanes = meeting.lanes.getByRole("option");

  await test.step("the server sends all lanes in sight, and no more than it needs to", async () => {
    const sent = await page.request.get(`/meetings/${id}`);
    const html = await sent.text();
    const drawn = html.match(/<div role="option"[^>]*aria-setsize="1000"/g)?.length;
    expect(drawn).toBeGreaterThan(20);
    expect(drawn).toBeLessThan(MOST_LANES);
    expect(html.length).toBeLessThan(150 * seq);
  });

  await test.step("opens with everyone in it", async () => {
    await meeting.open(id);
    await expect(tile(page, "Here now").number).toHaveText("800");
    await expect(tile(page, "Waiting").number).toHaveText("100");
    await expect(lanes.first()).toHaveAttribute("aria-setsize", "1000");
    expect(await lanes.count()).toBeLessThan(MOST_LANES);
  });

  await test.step("scrolls to the end, with lanes at every position", async () => {
    await page.mouse.move(700, 600);
    await expect(async () => {
      await page.mouse.wheel(0, 2_400);
      expect(await isLaneInTheMiddle(page)).toBe(true);
      expect(await lanes.count()).toBeLessThan(MOST_LANES);
      await expect(lanes.last()).toHaveAttribute("aria-posinset", "1000", { timeout: 20 });
    }).toPass({ intervals: [30] });
    await expect(lanes.last()).toBeInViewport();
  });

  await test.step("is walked through by the keyboard", async () => {
    await lanes.last().focus();
    await page.keyboard.press("Home");
    await expect(lanes.first()).toBeFocused();
    await expect(lanes.first()).toHaveAttribute("aria-posinset", "1");
    await page.keyboard.press("End");
    await expect(lanes.last()).toBeFocused();
    await expect(lanes.last()).toHaveAttribute("aria-posinset", "1000");
  });

  await test.step("shows twenty changes, and the chosen lane stays chosen", async () => {
    await lanes.last().click();
    const chosen = meeting.drawer.getByRole("heading", { level: 2 });
    const name = await chosen.textContent();
    const late = Array.from({ length: 20 }, (_, n) => guest(`Late ${n}`));
    await inParallel(20, late, (one) => room.joins(one));
    await expect(tile(page, "Here now").number).toHaveText("820");
    await expect(lanes.first()).toHaveAttribute("aria-setsize", "1020");
    await inParallel(10, late.slice(0, 10), (one) => room.leaves(one));
    await expect(tile(page, "Here now").number).toHaveText("810");
    await expect(chosen).toHaveText(name ?? "");
    await expect(lanes.filter({ hasText: name ?? "" })).toHaveAttribute("aria-selected", "true");
  });

  await test.step("finds one of them", async () => {
    await page.getByRole("searchbox", { name: "Find a person" }).fill("late 7");
    await expect(lanes).toHaveCount(1);
    await expect(meeting.lane("Late 7")).toHaveAttribute("aria-setsize", "1");
  });
});

interface Event {
  at: number;
  send: (at: number) => Promise<unknown>;
}

/**
 * Of ten people, eight are admitted, lose their connection four times and are in; one comes and goes five
 * times; one knocks and gives up five times, and waits now. Everyone takes the next step once all have taken
 * theirs.
 */
function lifeOf(room: DailyRoom, n: number): Event[] {
  // So long ago that even the last step of the last person is in the past.
  const begin = ago("1:40:00");
  const steps: Event["send"][] = [];
  const stay = (who: Guest) => {
    steps.push((at) => room.joins(who, at));
    return () => steps.push((at) => room.leaves(who, { at }));
  };
  const name = `Person ${n}`;
  if (n % 10 === 9) {
    for (let knock = 0; knock < 5; knock += 1) {
      const who = guest(name);
      steps.push(
        (at) => room.knocks(who, at),
        (at) => room.stopsWaiting(who, { at }),
      );
    }
    steps.push((at) => room.knocks(guest(name), at));
  } else if (n % 10 === 8) {
    for (let times = 0; times < 5; times += 1) stay(guest(name))();
  } else {
    const first = guest(name, { owner: n === 0 });
    steps.push((at) => room.knocks(first, at));
    for (const who of [first, guest(name), guest(name), guest(name)]) stay(who)();
    stay(guest(name));
  }
  return steps.map((send, step) => ({ at: begin + (step * PEOPLE + n) * STEP_MS, send }));
}

function isLaneInTheMiddle(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return middle?.closest("[role=option], [role=presentation]") != null;
  });
}

/** Runs `act` for each item, `many` at a time. */
async function inParallel<Item>(
  many: number,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const carry = async () => {
    for (const item of waiting) await act(item);
  };
  await Promise.all(Array.from({ length: many }, carry));
}
