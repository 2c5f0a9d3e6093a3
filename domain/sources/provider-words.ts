/** What people read of a provider whose sources they connect. */
export interface ProviderWords {
  name: string;
  title: string;
  /** Whose webhooks they are, to follow “the webhooks of ”. */
  senders: string;
  /** What the key of a room is there, to follow “as the provider names it: ”. */
  roomKey: string;
  /** The command that adds a source, and what to know of its secret. Code stands in backticks. */
  addCommand: string;
  secretNote: string;
  /** How a webhook that the provider switched off is switched on again, to follow “Then ”; `null` where unknown. */
  switchOn: string | null;
  /**
   * Why an observer was not admitted, or is gone, to follow “The bot was removed: ”: by the reason that an event
   * carries, `change/kind`: by its kind, and by its change where the kind has no words or none is reported.
   */
  observerReasons: Readonly<Record<string, string>>;
}
