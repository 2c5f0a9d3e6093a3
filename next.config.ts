import type { NextConfig } from "next";

const config: NextConfig = {
  // The compiler checks types before the build, in `npm test`; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["postgres", "pino"],
  devIndicators: false,
};

export default config;
