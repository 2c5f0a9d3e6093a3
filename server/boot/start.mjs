import { ensureBuilt } from "./build.mjs";
import { become } from "./child.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode20 } from "./project.mjs";

/** `npm start`, and with --dev `npm run dev`: does what is missing, then runs the server. */

requireNode20();
const development = process.argv.includes("--dev");
await ensureInstalled();
if (!development) await ensureBuilt();
become(["server/main.ts"], { NODE_ENV: development ? "development" : "production" });
