import { Notice } from "#components/ui/notice.tsx";

export default function PersonNotFound() {
  return (
    <Notice title="No such person">
      Nobody has this address. It may have been typed wrong, or all that was kept of them was
      erased.
    </Notice>
  );
}
