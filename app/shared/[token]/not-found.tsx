import { LinkOver } from "#components/shares/page/link-over.tsx";

export default function SharedNotFound() {
  return <LinkOver />;
}
