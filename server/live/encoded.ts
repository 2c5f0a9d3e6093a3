/** An answer or a push as it travels, made into text once for all sockets it goes to. */
export class Encoded {
  readonly text: string;

  constructor(message: unknown) {
    this.text = JSON.stringify(message);
  }
}
