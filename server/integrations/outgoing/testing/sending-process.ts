import { openDatabase } from "#db/connection/client.ts";
import { Sender } from "#server/integrations/outgoing/sending/sender.ts";
import { Networks } from "#server/runtime/networks.ts";

/* A process that tells and sends until it is killed: `sending-process.ts URL SECRET NOW`. */

const [url = "", secret = "", moment = "0"] = process.argv.slice(2);
const sender = new Sender(
  {
    ...{ database: openDatabase(url, { max: 4 }), secret },
    ...{ allowed: Networks.in("127.0.0.0/8") ?? Networks.none, withinMs: 60_000 },
    ...{ now: () => Number(moment), chance: () => 0.5 },
  },
  { error: (about, words) => process.stderr.write(`${words} ${JSON.stringify(about)}\n`) },
);
sender.start();
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
