import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.mjs";

/** What is drawn in one file of `components/ui`, and by what else it would be known. */
const KIT = [
  { by: "button.tsx", otherwise: /className="button[ "]|<button\b/ },
  { by: "page-head.tsx", otherwise: /<h1\b/ },
  { by: "breadcrumb.tsx", otherwise: /aria-label="Breadcrumb"/ },
  { by: "scroll-table.tsx", otherwise: /\boverscroll-x-contain\b/ },
  { by: "field.tsx", otherwise: /\bh-[89] w-full min-w-0 rounded-lg border\b/ },
  { by: "select.tsx", otherwise: /<select\b/ },
  { by: "dialog.tsx", otherwise: /\bdialog fixed inset-x-3\b/ },
];
/** What else of the kit, or beside it, draws such a thing. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  // Parts of the kit: one is handed how it looks, one is drawn on any ground, and one stands below the button.
  "button.tsx": [
    "components/ui/pop-over.tsx",
    "components/ui/copy-button.tsx",
    "components/ui/lazy/later.tsx",
  ],
  // A statement is a document, with the title of one.
  "page-head.tsx": ["components/people/statements/statement-screen.tsx"],
};

const views = spawnSync("git", ["ls-files", "app", "components"], { cwd: root, encoding: "utf8" })
  .stdout.split("\n")
  .filter((path) => path.endsWith(".tsx") && !path.endsWith(".test.tsx"));

test.each(KIT)("what $by draws, no view draws by itself", ({ by, otherwise }) => {
  const drawn = views.filter((path) => otherwise.test(readFileSync(join(root, path), "utf8")));
  const allowed = [`components/ui/${by}`, ...(BESIDE[by] ?? [])];
  expect(drawn.filter((path) => !allowed.includes(path))).toEqual([]);
});
