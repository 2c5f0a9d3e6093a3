import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { io as connectTo, type Socket } from "socket.io-client";
import { createKey } from "#db/access/keys.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import type { ClientToServer, ServerToClient, WatchMeetingAck } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { AskedActsOnScreen } from "#server/desk/acts/asked-on-screen.ts";
import { openAlertsOnScreen } from "#server/desk/alerts/open-alerts.ts";
import { DeskPushes, readDeskFor } from "#server/desk/pushes.ts";
import type { LiveServer } from "#server/live/live-server.ts";
import { type Relay, startRelay } from "#server/live/relay.ts";
import { createSockets } from "#server/live/sockets.ts";
import { RecordingWatch } from "#server/live/watch.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";

export type TestClientSocket = Socket<ServerToClient, ClientToServer>;
/** The same, untyped: for sending what the wire does not define. */
export type UntypedSocket = Socket;

/** The live channel of a test app on a real socket: what a browser would see of it. */
export interface LiveTestServer {
  app: TestApp;
  url: string;
  io: LiveServer;
  /** An API key that opens the channel. */
  key: string;
  relay: Relay;
  /** How far the relay's clock is from the true one. */
  skewMs: Ms;
  /** A connected viewer with that key. Disconnected when the server closes. */
  view(): Promise<TestClientSocket>;
  /** A connection with these credentials, which may be refused, and may send anything. */
  connect(options: {
    auth?: object;
    query?: Record<string, string>;
    headers?: Record<string, string>;
  }): UntypedSocket;
  close(): Promise<void>;
}

/** How often it looks whether deliveries are kept: tests wait for that. */
export const BRISK = { askEveryMs: 200, askAgainMs: 50, storeEveryMs: 100 } as const;

/** Where the live channel takes its connections from, where that is no server of its own. */
interface Behind {
  sockets: Server;
  listening: Server;
}

/** A live server of a test app of its own, or as another process of the given one. */
export async function openLiveTestServer(app?: TestApp, behind?: Behind): Promise<LiveTestServer> {
  if (app === undefined) return serverOf(await openTestApp(), true, behind);
  return serverOf({ ...app, ...app.neighbour() }, false, behind);
}

async function serverOf(app: TestApp, isOwn: boolean, behind?: Behind): Promise<LiveTestServer> {
  const { key } = await createKey(app.database.orm, "test");
  const own = createServer((_, res) => res.writeHead(404).end());
  const { sockets, listening: http } = behind ?? { sockets: own, listening: own };
  const log = { error: (about: object, message: string) => app.log.push({ about, message }) };
  const now = () => Date.now() + server.skewMs;
  const { refusals, keeping } = app.door;
  const recording = new RecordingWatch(app.database, {
    refusals,
    keeping,
    now: Date.now,
    log,
    rhythm: BRISK,
  });
  const alerts = openAlertsOnScreen({ database: app.database, now: () => app.now, log });
  const acts = new AskedActsOnScreen({ database: app.database, now: () => app.now, log });
  const io = createSockets(sockets, {
    database: app.database,
    secret: SECRET,
    now: () => app.now,
    recording: recording.now,
    readDesk: readDeskFor,
    openAlerts: (sight) => alerts.shown(sight),
    askedActs: (sight) => acts.shown(sight),
    log,
  });
  const desk = new DeskPushes({ io, database: app.database, now, log });
  const relay = await startRelay(io, app.database, { now, log, recording, desk, alerts, acts });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" ? address?.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const viewers: { disconnect(): unknown }[] = [];
  const knock: LiveTestServer["connect"] = ({ auth, query, headers }) => {
    const viewer: UntypedSocket = connectTo(url, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      ...(auth && { auth }),
      ...(query && { query }),
      ...(headers && { extraHeaders: headers }),
    });
    viewers.push(viewer);
    return viewer;
  };
  const server: LiveTestServer = {
    app: app,
    url,
    io,
    key,
    relay,
    skewMs: 0,
    connect: knock,
    async view() {
      const viewer: TestClientSocket = knock({ auth: { token: key } });
      await greeted(viewer);
      return viewer;
    },
    async close() {
      for (const viewer of viewers) viewer.disconnect();
      await io.close();
      await relay.stop();
      await desk.stop();
      await alerts.stop();
      await acts.stop();
      await recording.stop();
      if (isOwn) await app.close();
    },
  };
  return server;
}

/** Resolves when connected; rejects with the server's error. */
export function greeted(viewer: Pick<UntypedSocket, "once">): Promise<void> {
  return new Promise((resolve, reject) => {
    viewer.once("connect", resolve);
    viewer.once("connect_error", reject);
  });
}

/** What one viewer received of a meeting: the answer to `watch:meeting`, and the pushes since. */
export interface ReceivedMeeting {
  ack: WatchMeetingAck;
  pushes: Recorded[][];
  /**
   * The `seq` of every event, in the order in which it came. A push may begin with events that the answer had
   * already, because they were committed before their notification arrived: these are left out.
   */
  seqs(): number[];
}

/** Watches a meeting and collects what arrives. */
export async function watch(
  viewer: TestClientSocket,
  id: string,
  after_seq = 0,
): Promise<ReceivedMeeting> {
  const pushes: Recorded[][] = [];
  viewer.on("meeting:events", (push) => {
    if (push.id === id) pushes.push(push.events);
  });
  const ack = await viewer.emitWithAck("watch:meeting", { id, after_seq });
  return {
    ack,
    pushes,
    seqs() {
      const answered = "events" in ack ? ack : { seq: 0, events: [] };
      const pushed = pushes.flat().filter(({ seq }) => seq > answered.seq);
      return [...answered.events, ...pushed].map(({ seq }) => seq);
    },
  };
}

/** 1, 2, 3… up to `last`. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
