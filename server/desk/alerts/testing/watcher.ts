import { openDatabase } from "#db/connection/client.ts";
import { AlertWatch } from "#server/desk/alerts/watch.ts";
import { Networks } from "#server/runtime/networks.ts";

/* A process that sees to alerts until it is killed: `watcher.ts URL NOW`. It is sent what the time is. */

const [url = "", moment = "0"] = process.argv.slice(2);
let now = Number(moment);
const log = {
  error: (about: object, words: string) =>
    process.stderr.write(`${words} ${JSON.stringify(about)}\n`),
};
const database = openDatabase(url, { max: 2 });
process.on("message", (message) => {
  now = Number(message);
});
process.on("disconnect", () => process.exit(0));
const sending = { secret: "", allowed: Networks.none, mail: null, publicUrl: null };
new AlertWatch({ database, now: () => now, log, sending }).start();
process.send?.("ready");
