import type { NextConfig } from "next";

const config: NextConfig = {
  // THE BUILD CHECKS NO TYPES: that it succeeds says nothing of them. `tsc` does, in `npm test`, in CI and before a commit.
  // Every installation builds at its first start, where nobody could mend a type, and checking takes 40 % more time.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    ...["postgres", "pino", "better-auth", "rate-limiter-flexible", "nodemailer"],
    ...["@zxcvbn-ts/core", "@zxcvbn-ts/language-common", "@prometheus-io/client"],
  ],
  devIndicators: false,
};

export default config;
