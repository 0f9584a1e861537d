/** The drawing behind the messages: `public/backdrops/`, as a tint of the page. It says nothing. */
export const Backdrop = () => <div aria-hidden data-backdrop className="pointer-events-none absolute inset-0 -z-10" />;
