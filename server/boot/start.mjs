import { ensureBuilt } from "./build.mjs";
import { become } from "./child.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode20 } from "./project.mjs";

/** `npm start`, and with --dev `npm run dev`: installs and builds what is missing, then runs the server. */

requireNode20();
const development = process.argv.includes("--dev");
await ensureInstalled();
if (development) {
  // Pages and components are replaced in place; changes of the server's own files need a new process.
  const restartOn = ["server", "db", "domain"];
  become(["server/main.ts"], { NODE_ENV: "development" }, { restartOn });
} else {
  if (!(await ensureBuilt())) process.exit(1);
  become(["server/main.ts"], { NODE_ENV: "production" });
}
