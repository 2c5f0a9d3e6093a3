import { Notice } from "#components/ui/notice.tsx";

export default function NotFound() {
  return (
    <main>
      <Notice title="Nothing here">There is no page at this address.</Notice>
    </main>
  );
}
