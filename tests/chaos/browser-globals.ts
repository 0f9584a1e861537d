/** The three globals of a browser that the product's client asks for: a page that is visible, online, and alone. */
const page = { visibilityState: "visible", addEventListener: () => {}, removeEventListener: () => {} };

export function becomeBrowser(): void {
  const globals = { document: page, window: { ...page, location: { assign: () => {} } }, navigator: { onLine: true } };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
