import { LinkOver } from "#components/access/shares/page/link-over.tsx";

export default function SharedNotFound() {
  return <LinkOver />;
}
