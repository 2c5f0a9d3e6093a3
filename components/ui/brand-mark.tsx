/** The product's mark: a ring with a lit head count. */
export function BrandMark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className}>
      <circle
        cx="10"
        cy="10"
        r="7.25"
        fill="none"
        stroke="var(--color-present)"
        strokeWidth="4.5"
        opacity=".28"
      />
      <path
        d="M10 2.75a7.25 7.25 0 1 1-7.25 7.25"
        fill="none"
        stroke="var(--color-present)"
        strokeWidth="4.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
