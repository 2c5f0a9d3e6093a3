import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

/** A browser's half: its keys, and what its push service was sent for it. */
export class SubscribedBrowser {
  readonly curve = createECDH("prime256v1");
  readonly auth = randomBytes(16);
  readonly path: string;
  answers = 201;
  readonly sent: { headers: IncomingHttpHeaders; body: Buffer }[] = [];

  readonly #at: string;

  /** `at`: the address of its push service. */
  constructor(at: string, path: string) {
    this.#at = at;
    this.path = path;
    this.curve.generateKeys();
  }

  get subscription() {
    const keys = {
      p256dh: this.curve.getPublicKey().toString("base64url"),
      auth: this.auth.toString("base64url"),
    };
    return { endpoint: `${this.#at}${this.path}`, keys };
  }

  /** Opens a body of `aes128gcm` as RFC 8188 and RFC 8291 have it. */
  opened(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const keyLength = body.readUInt8(20);
    const server = body.subarray(21, 21 + keyLength);
    const record = body.subarray(21 + keyLength);
    const own = this.curve.getPublicKey();
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), own, server]);
    const ikm = Buffer.from(
      hkdfSync("sha256", this.curve.computeSecret(server), this.auth, info, 32),
    );
    const part = (name: string, length: number) =>
      Buffer.from(hkdfSync("sha256", ikm, salt, `Content-Encoding: ${name}\0`, length));
    const cipher = createDecipheriv("aes-128-gcm", part("aes128gcm", 16), part("nonce", 12));
    cipher.setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
    // What follows the last delimiter is padding.
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
  }

  /** What was pushed so far, opened. */
  get pushed() {
    return this.sent.map(({ body }) => this.opened(body));
  }
}

/** A push service on this machine, and the browsers that are subscribed there. */
export class PushService {
  readonly #browsers = new Map<string, SubscribedBrowser>();
  #at = "";
  readonly #http = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    const browser = this.#browsers.get(req.url ?? "");
    browser?.sent.push({ headers: req.headers, body: Buffer.concat(chunks) });
    res.writeHead(browser?.answers ?? 404).end();
  });

  get at(): string {
    return this.#at;
  }

  async open(): Promise<void> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    const address = this.#http.address();
    this.#at = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  }

  close(): void {
    this.#http.closeAllConnections();
    this.#http.close();
  }

  subscribe(name: string): SubscribedBrowser {
    const made = new SubscribedBrowser(this.#at, `/push/${name}`);
    this.#browsers.set(made.path, made);
    return made;
  }
}
