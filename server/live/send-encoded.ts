import { Encoded } from "./encoded.ts";
import type { LiveServer } from "./live-server.ts";

/** Makes a server send an `Encoded` as it is. Any other packet is encoded as before. */
export function sendEncoded(io: LiveServer): void {
  const { encoder } = io;
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const args: readonly unknown[] = Array.isArray(packet.data) ? packet.data : [];
    if (!args.some((arg) => arg instanceof Encoded)) return encode(packet);
    const namespace = packet.nsp === "/" ? "" : `${packet.nsp},`;
    const texts = args.map((arg) => (arg instanceof Encoded ? arg.text : JSON.stringify(arg)));
    return [`${packet.type}${namespace}${packet.id ?? ""}[${texts.join(",")}]`];
  };
}
