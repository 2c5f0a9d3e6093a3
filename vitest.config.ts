import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { scratch } from "./server/boot/project.mjs";
import { Tally } from "./server/boot/tally.mjs";

// Days begin in the zone of the machine: the stories of the tests happen in this one.
process.env["TZ"] = "UTC";

/** No test is meant to come near: it ends what hangs, on a machine many times as slow as ours. */
const deadline = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    teardownTimeout: 120_000,
    // One runs while another waits for the database, the disk or a process of its own.
    maxWorkers: 2,
    reporters: ["default", new Tally(join(scratch, "vitest.json"))],
    projects: [
      {
        test: {
          name: "domain",
          include: ["domain/**/*.test.ts"],
          environment: "node",
          // What is pure leaves nothing behind for the next file.
          isolate: false,
          ...deadline,
        },
      },
      {
        test: {
          name: "server",
          include: ["{server,db,app,bench}/**/*.test.ts"],
          environment: "node",
          globalSetup: ["db/testing/global-setup.ts"],
          // To import everything anew costs more than most files do.
          isolate: false,
          setupFiles: ["db/testing/fresh-process.ts"],
          ...deadline,
        },
      },
      {
        plugins: [react()],
        test: {
          name: "components",
          include: ["components/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
          isolate: false,
          setupFiles: ["components/testing/setup.ts"],
          ...deadline,
        },
      },
    ],
  },
});
