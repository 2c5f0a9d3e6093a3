import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type Theme = "light" | "dark";

interface Look {
  themes?: readonly Theme[];
  /** As wide as these; without any, as wide as it is. */
  widths?: readonly number[];
}

/** What axe knows of colours: all that a theme changes. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Axe finds nothing to complain about on the page as it is, in each look, and nothing needs scrolling
 * sideways. A rule needs each thing once in each state: what it costs grows with the page, so open a small one.
 */
export async function isAccessible(
  page: Page,
  where: string,
  { themes = ["light"], widths = [] }: Look = {},
): Promise<void> {
  const size = page.viewportSize();
  for (const theme of themes) {
    // Without motion, so that no colour is on its way to another one.
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
  // Without frames there is no need of the page of its own that axe would gather them in.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  if (theme === "dark") axe.withRules(OF_COLOURS);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  expect(found, where).toEqual([]);
}

/** Until nothing on the page is on its way to another look. */
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
