import type { ReactNode } from "react";
import "./plain.css";

export default function PlainLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
