import { type BrowserContext, expect, type JSHandle, type Page } from "@playwright/test";
import { isLive } from "./screens.ts";

/** The most script that a page may load, in kB as it is sent; more than half of it is the framework's. */
const MOST_SCRIPT_KB = 225;
const MOST_SHIFT = 0.05;

/**
 * Fails unless a page that was just opened has loaded little script, which began after the first frame, and
 * nothing jumped.
 */
export async function costsLittle(page: Page): Promise<void> {
  const script = await page.evaluate(() => {
    const read = performance.getEntriesByType("resource");
    const scripts = read.filter((one) => new URL(one.name).pathname.endsWith(".js"));
    const sizes = scripts.map((one) =>
      one instanceof PerformanceResourceTiming ? one.encodedBodySize : Number.NaN,
    );
    return sizes.reduce((whole, one) => whole + one, 0) / 1000;
  });
  expect(script, "kB of script").toBeGreaterThan(50);
  expect(script, "kB of script").toBeLessThan(MOST_SCRIPT_KB);
  expect(await shiftOf(page), "layout shift").toBeLessThan(MOST_SHIFT);
  // Only a script that was deferred until the page is drawn sets this mark when it begins.
  const begun = await page.evaluate(() => performance.getEntriesByName("rollcall-begins").length);
  expect(begun, "its script was held").toBe(1);
}

/** The layout shift of the page until now. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += Number(Reflect.get(entry, "value"));
    }).observe({ type: "layout-shift", buffered: true });
    // The observer gets its buffered entries in a task of its own.
    await new Promise((observed) => requestAnimationFrame(() => setTimeout(observed)));
    return shift;
  });
}

/** Fails unless a live page does no more work from one second to the next than with reduced motion. */
export async function restsAsIfStill(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const work = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return of("LayoutCount") + of("RecalcStyleCount");
  };
  /** How often anything was styled or laid out in two seconds of the running page. */
  const inTwoSeconds = async () => {
    const time = await runningTime(page);
    const before = await work();
    await nextSecond(time);
    await nextSecond(time);
    return (await work()) - before;
  };
  // New elements beat twice, and then rest.
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await expect.poll(moving).toBe(0);
  const free = await inTwoSeconds();
  await page.emulateMedia({ reducedMotion: "reduce" });
  const still = await inTwoSeconds();
  await page.emulateMedia({ reducedMotion: null });
  await devtools.detach();
  expect(free, `${still} without motion`).toBeLessThanOrEqual(2 * still + 4);
}

/** A text of the page that changes each second: the first that is seen to change. */
async function runningTime(page: Page): Promise<JSHandle<Node>> {
  return page.evaluateHandle(
    () =>
      new Promise<Node>((found) => {
        const observer = new MutationObserver((changes) => {
          const one = changes.find(({ target }) => /^\d+:\d\d$/.test(target.textContent ?? ""));
          if (one === undefined) return;
          observer.disconnect();
          found(one.target);
        });
        observer.observe(document.body, { subtree: true, characterData: true });
      }),
  );
}

/** Waits until a running time shows its next second. */
async function nextSecond(time: JSHandle<Node>): Promise<void> {
  await time.evaluate(
    (node) =>
      new Promise<void>((moved) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          moved();
        });
        observer.observe(node, { characterData: true });
      }),
  );
}

/**
 * Fails unless a page opens without a table of the browser's locales, until it is live. Idle callbacks do not
 * run here: no part of the page may wait for one.
 */
export async function opensNoTables(context: BrowserContext, path: string): Promise<void> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const opened: string[] = [];
    Reflect.set(window, "opened", opened);
    Reflect.set(window, "requestIdleCallback", () => 0);
    for (const name of ["DateTimeFormat", "NumberFormat", "PluralRules", "Collator", "Locale"]) {
      const own: unknown = Reflect.get(Intl, name);
      if (typeof own !== "function") throw new Error(`There is no Intl.${name}`);
      const counted = new Proxy(own, {
        construct(made, given) {
          opened.push(name);
          return Reflect.construct(made, given);
        },
        apply(made, self, given) {
          opened.push(name);
          return Reflect.apply(made, self, given);
        },
      });
      Reflect.set(Intl, name, counted);
    }
  });
  await page.goto(path);
  await isLive(page);
  expect(await page.evaluate(() => Reflect.get(window, "opened"))).toEqual([]);
  await page.close();
}

/** How often a text occurs in the page that the server sent. */
export async function timesSent(page: Page, path: string, text: string): Promise<number> {
  const answer = await page.request.get(path);
  return (await answer.text()).split(text).length - 1;
}
