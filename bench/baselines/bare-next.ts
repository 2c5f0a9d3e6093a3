import { createServer } from "node:http";
import next from "next";

/** A minimal server that serves a Next application. */

const hostname = "127.0.0.1";
const port = Number(process.env["PORT"]);
const app = next({ dev: false, dir: `${import.meta.dirname}/next`, hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
createServer((req, res) => void handle(req, res)).listen(port, hostname);
