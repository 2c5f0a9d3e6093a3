import type { LiveServer } from "./relay.ts";

/** An answer as it travels, made into text once for everybody who asked. */
export class Encoded {
  readonly text: string;

  constructor(answer: object) {
    this.text = JSON.stringify(answer);
  }
}

/** Lets a server send what is encoded already as it is. Everything else goes as it always did. */
export function sendEncoded(io: LiveServer): void {
  const { encoder } = io;
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const [answer] = Array.isArray(packet.data) ? packet.data : [];
    if (!(answer instanceof Encoded)) return encode(packet);
    const namespace = packet.nsp === "/" ? "" : `${packet.nsp},`;
    return [`${packet.type}${namespace}${packet.id ?? ""}[${answer.text}]`];
  };
}
