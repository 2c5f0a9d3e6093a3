import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type Theme = "light" | "dark";

interface Look {
  themes?: readonly Theme[];
  /** The widths to test; without any, the present one. */
  widths?: readonly number[];
}

/** The rules of axe about colours: only these depend on the theme. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Axe finds no fault on the page as it is, in each theme and width, nothing needs scrolling sideways, and
 * every word can be read where the system sets the colours. A rule needs each element once in each state: its cost grows with the page, so open a small one.
 */
export async function isAccessible(
  page: Page,
  where: string,
  { themes = ["light"], widths = [] }: Look = {},
): Promise<void> {
  const size = page.viewportSize();
  for (const theme of themes) {
    // Without motion, so that no colour is in transition.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const width of widths.length > 0 ? widths : [size?.width ?? 0]) {
      if (widths.length > 0) await page.setViewportSize({ width, height: size?.height ?? 844 });
      await hasNoFault(page, `${where}, ${theme}, ${width} wide`, theme);
      await isWithoutSideways(page);
    }
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  expect(await unreadable(page), `${where}, forced colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null });
  if (size !== null) await page.setViewportSize(size);
}

export async function isWithoutSideways(page: Page): Promise<void> {
  const over = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  await expect.poll(over).toBe(0);
}

async function hasNoFault(page: Page, where: string, theme: Theme): Promise<void> {
  await stands(page);
  // Without frames axe does not need the extra page in which it would merge their results.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ["violations"],
    // Of WCAG 2.2; axe does not ask it by itself.
    rules: { "target-size": { enabled: true } },
  });
  if (theme === "dark") axe.withRules(OF_COLOURS);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  expect(found, where).toEqual([]);
}

/**
 * The texts that nobody can read where the system sets the colours: it paints its background behind every text
 * that does not opt out, and these have that colour.
 */
function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = "Canvas";
    const background = getComputedStyle(probe).color;
    probe.remove();
    return [...document.body.querySelectorAll("*")]
      .filter((element) =>
        [...element.childNodes].some(
          ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim() !== "",
        ),
      )
      .filter((element) => {
        const style = getComputedStyle(element);
        return (
          style.color === background && style.getPropertyValue("forced-color-adjust") !== "none"
        );
      })
      .map((element) => element.outerHTML.slice(0, 200));
  });
}

/** Waits until no transition is running on the page. */
async function stands(page: Page): Promise<void> {
  const moving = () =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            ({ playState, effect }) =>
              playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime),
          ).length,
    );
  await expect.poll(moving).toBe(0);
}
