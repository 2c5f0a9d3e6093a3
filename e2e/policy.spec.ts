import { expect } from "@playwright/test";
import { isLive } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("a page runs, draws and sends nothing that was smuggled into it", async ({
  page,
  complaints,
}) => {
  await page.goto("/");
  await isLive(page);
  expect(complaints).toEqual([]);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<img src="none:" onerror="document.title = 'run'"><style>body { opacity: 0 }</style>
       <base href="https://elsewhere.example/"><iframe src="/people"></iframe>
       <form action="https://elsewhere.example/"><button>Send</button></form>`,
    );
    document.querySelector<HTMLButtonElement>("form[action^='https'] button")?.click();
    void fetch("https://elsewhere.example/").catch(() => undefined);
  });
  const forbidden = [
    "script-src-attr",
    "style-src-elem",
    "base-uri",
    "form-action",
    "connect-src",
    "frame-src",
    "img-src",
  ];
  for (const directive of forbidden) {
    await expect.poll(() => complaints.join("\n")).toContain(`: ${directive} forbids`);
  }
  complaints.splice(0);
});

test("a violation in a context that a test opens itself is seen too", async ({
  browser,
  world,
  complaints,
}) => {
  const page = await browser.newPage();
  await page.goto(world.baseUrl);
  await page.evaluate(() => document.head.appendChild(document.createElement("style")));
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", "<style>body { opacity: 0 }</style>");
  });
  await expect.poll(() => complaints.join("\n")).toContain(": style-src-elem forbids inline");
  complaints.splice(0);
  await page.close();
});

test("every page and every kind of answer has the headers that a browser heeds", async ({
  page,
}) => {
  for (const path of ["/", "/meetings", "/nothing", "/api/v1/meetings", "/api/health"]) {
    const asked = { headers: { origin: "https://elsewhere.example" } };
    const headers = (await page.request.get(path, asked)).headers();
    expect(headers, path).toMatchObject({
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    for (const name of ["x-powered-by", "server", "access-control-allow-origin"]) {
      expect(Object.keys(headers), path).not.toContain(name);
    }
  }
});
