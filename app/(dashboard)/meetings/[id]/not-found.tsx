import { Notice } from "#components/ui/notice.tsx";

export default function MeetingNotFound() {
  return (
    <Notice title="No such meeting">
      No meeting has this address. It may have been typed wrong, or the meeting was deleted.
    </Notice>
  );
}
