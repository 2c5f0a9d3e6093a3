import { createTransport } from "nodemailer";
import type { Ms } from "#domain/time/ms.ts";

/** Where mail is handed in, and from whom it is. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with a name and a password where they are asked for. */
  url: string;
  from: string;
}

interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** How long a mail server may take for each of its answers. */
const ANSWER_MS: Ms = 10_000;

/** Hands a letter in. Rejects where the mail server is not reached, or does not take it. */
export async function sendMail({ url, from }: MailSettings, letter: Letter): Promise<void> {
  const waits = {
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  };
  const transport = createTransport({ url, ...waits });
  try {
    await transport.sendMail({ from, ...letter });
  } finally {
    transport.close();
  }
}

/** The letter with which somebody is let in. */
export function invitationLetter({
  to,
  name,
  url,
  how,
}: {
  to: string;
  name: string;
  url: string;
  /** What the link is for. */
  how: string;
}): Letter {
  const text = `Hello ${name},

you are invited to Rollcall. With this link you ${how}:

${url}

It is good once, for a week.
`;
  return { to, subject: "You are invited to Rollcall", text };
}

/** The letter with which somebody chooses a new password. */
export function resetLetter(to: string, name: string, url: string): Letter {
  const text = `Hello ${name},

with this link you choose a new password for Rollcall:

${url}

It is good once, for a day. If you did not ask for it, leave it: your password stays as it is.
`;
  return { to, subject: "A new password for Rollcall", text };
}
