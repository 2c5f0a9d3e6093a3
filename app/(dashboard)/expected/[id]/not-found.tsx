import { Notice } from "#components/ui/notice.tsx";

export default function ScheduledNotFound() {
  return (
    <Notice title="No such scheduled meeting">
      It may have been withdrawn, or the address was typed wrong.
    </Notice>
  );
}
