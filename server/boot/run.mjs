import { become } from "./child.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode20 } from "./project.mjs";

/** Runs a script of the project on the bundled Node.js: `node run.mjs <script> [arguments]`. */

requireNode20();
// Standard output belongs to the script: it may be read by a program.
await ensureInstalled(process.stderr);
become(process.argv.slice(2), { NODE_ENV: process.env.NODE_ENV ?? "production" });
