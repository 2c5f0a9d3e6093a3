import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { attacked } from "./attacked.ts";
import { pagesIn, type Route, routesIn } from "./hostile/routes.ts";

/** What only the log may have: a stack, a path of a file, a statement, the name of a package or of a table. */
const INNER =
  /\n\s+at \S|\(\/\S+:\d+:\d+\)|file:\/\/|node_modules|\.tsx?:\d|PostgresError|DrizzleQuery|Failed query|relation \W+\w+\W+ does not exist|postgres:\/\//;

test("whatever fails, nobody is shown a stack, a file or a statement", async ({ page }) => {
  const { victim, known } = await attacked();
  const { baseUrl, dataDir } = victim;
  const id = known.ids[0] ?? "";
  const path = (route: Route) => `/${route.map((part) => part.replace(/^\[.*\]$/, id)).join("/")}`;
  const ask = async (asked: string, method: string) => {
    const headers = { authorization: `Bearer ${known.key}`, "content-type": "application/json" };
    const body = method === "GET" ? {} : { body: "{" };
    const answer = await fetch(new URL(asked, baseUrl), { method, headers, ...body });
    const text = `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
    expect(INNER.exec(text)?.[0], `${method} ${asked}`).toBeUndefined();
    return answer.status;
  };
  const everywhere = async () => {
    const statuses = new Set<number>();
    for (const route of routesIn("app")) {
      for (const method of ["GET", "POST", "DELETE"]) statuses.add(await ask(path(route), method));
    }
    return statuses;
  };
  try {
    expect(await everywhere()).not.toContain(500);
    const sql = postgres(databaseIn(dataDir), { max: 1 });
    await sql`alter schema public rename to elsewhere`;
    await sql.end();
    expect(await everywhere()).toContain(500);
    for (const route of pagesIn("app")) {
      await page.goto(baseUrl + path(route));
      expect(INNER.exec(await page.content())?.[0], path(route)).toBeUndefined();
    }
    await page.goto(baseUrl);
    await expect(page.getByText("The server could not answer just now")).toBeVisible();
  } finally {
    await victim.stop();
  }
});

/** The included database, by what lies beside it. */
function databaseIn(dataDir: string): string {
  const read = (file: string) => readFileSync(join(dataDir, file), "utf8").trim();
  const port = read("postgres/postmaster.pid").split("\n")[3];
  return `postgres://rollcall:${read("postgres.password")}@127.0.0.1:${port}/rollcall`;
}
