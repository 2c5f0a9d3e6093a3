import type { LiveServer } from "./relay.ts";

/** An answer or a push as it travels, made into text once for everybody it goes to. */
export class Encoded {
  readonly text: string;

  constructor(message: unknown) {
    this.text = JSON.stringify(message);
  }
}

/** Lets a server send what is encoded already as it is. Everything else goes as it always did. */
export function sendEncoded(io: LiveServer): void {
  const { encoder } = io;
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const said: readonly unknown[] = Array.isArray(packet.data) ? packet.data : [];
    if (!said.some((one) => one instanceof Encoded)) return encode(packet);
    const namespace = packet.nsp === "/" ? "" : `${packet.nsp},`;
    const texts = said.map((one) => (one instanceof Encoded ? one.text : JSON.stringify(one)));
    return [`${packet.type}${namespace}${packet.id ?? ""}[${texts.join(",")}]`];
  };
}
