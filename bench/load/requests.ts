import { sign } from "#server/providers/daily/sign.ts";

/** One complete HTTP request, ready to be written to a keep-alive connection. */
export function signedRequest(
  target: { port: number; path: string; secret: string },
  body: string,
  now: number,
): Buffer {
  const lines = [
    `POST ${target.path} HTTP/1.1`,
    `host: 127.0.0.1:${target.port}`,
    "connection: keep-alive",
    ...Object.entries(sign(body, target.secret, now)).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
