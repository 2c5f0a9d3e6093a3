import { randomBytes } from "node:crypto";
import { type BrowserContext, test as base, expect } from "@playwright/test";
import { z } from "zod";
import { Api } from "./api.ts";
import { AttendeeBot } from "./attendee.ts";
import { rollcall } from "./command.ts";
import { DailyRoom } from "./daily.ts";
import type { Source } from "./http.ts";
import { CuttableLine } from "./line.ts";
import { addSource, textIn } from "./source.ts";

/** What all tests share: a server, a source of each provider, and a key. */
export interface World {
  baseUrl: string;
  dataDir: string;
  daily: Source;
  attendee: Source;
  api: Api;
}

interface Fixtures {
  /** Opens a room of Daily for this test alone; it is closed when the test is over. */
  openRoom: (name: string) => DailyRoom;
  /** Sends a bot of Attendee to a meeting; it leaves when the test is over. */
  sendBot: (title: string) => AttendeeBot;
  /** A connection to the server that can be cut. */
  line: CuttableLine;
  complaints: string[];
}

/** The server that the tests of a project share. */
const shared = z.object({ dataDir: z.string(), baseUrl: z.string() });

const POLICY = /Content Security Policy/i;

/** Runs in every page: a browser says on its console only some of what it forbids. */
function reportViolations(): void {
  addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
    const what = `${effectiveDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber})`;
    // biome-ignore lint/suspicious/noConsole: this is how a page tells the test.
    console.error(`Content Security Policy: ${what}`);
  });
}

export const test = base.extend<Fixtures, { world: World }>({
  world: [
    async ({ browserName: _ }, use, { project }) => {
      const { dataDir, baseUrl } = shared.parse(project.metadata);
      const key = await rollcall(dataDir, "key", "create", "--name", "End to end");
      const api = new Api(baseUrl, textIn(key, "key"));
      const daily = await addSource(dataDir, baseUrl, "daily");
      const attendee = await addSource(dataDir, baseUrl, "attendee");
      await use({ baseUrl, dataDir, daily, attendee, api });
    },
    { scope: "worker" },
  ],

  openRoom: async ({ world }, use) => {
    const rooms: DailyRoom[] = [];
    await use((name) => {
      const room = new DailyRoom(world.daily, `${name}-${randomBytes(3).toString("hex")}`);
      rooms.push(room);
      return room;
    });
    await Promise.all(rooms.map((room) => room.ends()));
  },

  sendBot: async ({ world }, use) => {
    const bots: AttendeeBot[] = [];
    await use((title) => {
      const bot = new AttendeeBot(world.attendee, title);
      bots.push(bot);
      return bot;
    });
    const present = bots.filter((bot) => !bot.isForgotten);
    await Promise.all(present.map((bot) => bot.departs()));
  },

  line: async ({ world }, use) => {
    const line = await CuttableLine.to(world.baseUrl);
    await use(line);
    await line.cut();
  },

  /**
   * What was wrong on the pages of a test, in every context that it opens: errors, hydration mismatches, and what the
   * content policy of a page forbids. Anything that is left at its end fails the test.
   */
  complaints: [
    async ({ browser }, use) => {
      const complaints: string[] = [];
      const listen = (context: BrowserContext) => {
        context.on("weberror", (error) => complaints.push(error.error().message));
        context.on("console", (message) => {
          if (POLICY.test(message.text())) complaints.push(message.text());
        });
        return context.addInitScript(reportViolations);
      };
      browser.on("context", listen);
      await use(complaints);
      browser.off("context", listen);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
