import { Rollcall } from "@rollcall/client";

/*
 * Tells a channel of Slack once of everybody who waits for longer than two minutes.
 *   ROLLCALL_URL=… ROLLCALL_KEY=… SLACK_URL=https://hooks.slack.com/… node slack-notifier.mjs
 */

const { ROLLCALL_URL = "http://localhost:3000", ROLLCALL_KEY = "", SLACK_URL = "" } = process.env;
const LONG_MS = Number(process.env.LONG_MS ?? 120_000);
const LOOK_EVERY_MS = Math.min(5_000, LONG_MS);

const told = new Set();
let meetings = new Map();

const live = new Rollcall({ url: ROLLCALL_URL, key: ROLLCALL_KEY }).live({
  onState: (state) => {
    if (state.kind !== "refused") return;
    console.error(`Rollcall refused the key: ${state.reason}`);
    process.exit(1);
  },
});
live.watchAll({ meetings: (all) => (meetings = all) });

setInterval(() => {
  // What is not live may be over already.
  if (live.state.kind !== "live") return;
  for (const { id, room, title, waiting } of meetings.values()) {
    for (const { person_id, name, started_at } of waiting) {
      const wait = `${id} ${person_id} ${started_at}`;
      if (told.has(wait) || Date.now() - Date.parse(started_at) < LONG_MS) continue;
      told.add(wait);
      tell(`${name ?? "Somebody"} waits for ${title ?? room} since ${started_at}`).catch(
        (error) => {
          console.error(error);
          told.delete(wait);
        },
      );
    }
  }
}, LOOK_EVERY_MS);

async function tell(text) {
  const body = JSON.stringify({ text });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(SLACK_URL, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`Slack answered ${answer.status}`);
}
