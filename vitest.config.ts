import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Days begin in the zone of the machine: the stories of the tests happen in this one.
process.env["TZ"] = "UTC";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "domain",
          include: ["domain/**/*.test.ts"],
          environment: "node",
        },
      },
      {
        test: {
          name: "server",
          include: ["{server,db,app,bench}/**/*.test.ts"],
          environment: "node",
          globalSetup: ["db/testing/global-setup.ts"],
          // Real processes and a real database on machines with few cores.
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: "components",
          include: ["components/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
          setupFiles: ["components/testing/setup.ts"],
        },
      },
    ],
  },
});
