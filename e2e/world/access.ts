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
 * Axe finds no fault on the page as it is, in each theme and width, and nothing needs scrolling sideways. A
 * rule needs each element once in each state: its cost grows with the page, so open a small one.
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
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
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
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  if (theme === "dark") axe.withRules(OF_COLOURS);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  expect(found, where).toEqual([]);
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
