import { createECDH, hkdfSync } from "node:crypto";

/** By which push services know that it is we who send, in base64url. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/**
 * The keys of this installation, made from its secret: always the same ones, so that they are stored nowhere, and what
 * was subscribed under them is reached as long as the secret is the same.
 */
export function pushKeys(secret: string): PushKeys {
  const curve = createECDH("prime256v1");
  for (let attempt = 0; ; attempt += 1) {
    const info = `keys of web push ${attempt}`;
    const scalar = Buffer.from(hkdfSync("sha256", secret, "rollcall", info, 32));
    try {
      curve.setPrivateKey(scalar);
      const publicKey = curve.getPublicKey().toString("base64url");
      return { publicKey, privateKey: scalar.toString("base64url") };
    } catch (error) {
      // One number in four thousand million is none of the curve: the next one is taken.
      if (attempt > 8) throw error;
    }
  }
}
