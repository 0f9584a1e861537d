/** Measures a page: what is covered, what is cut, what sticks out. */
import type { Page } from "@playwright/test";

/**
 * Faults of the page as it stands, in words: controls that are covered at their middle, text that is cut without a sign
 * of it, and what sticks out of the window sideways. Empty when there is none.
 */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}"`;
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth + 1)
      faults.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);

    /** The part of an element that its scroll containers and the window let through. */
    const visibleBox = (element: Element) => {
      let { left, top, right, bottom } = element.getBoundingClientRect();
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (getComputedStyle(at).overflow === "visible") continue;
        const box = at.getBoundingClientRect();
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      [left, top] = [Math.max(left, 0), Math.max(top, 0)];
      [right, bottom] = [Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
      return { left, top, width: right - left, height: bottom - top };
    };
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest("[inert], .sr-only");

    const controls = document.querySelectorAll("a[href], button, input, textarea, select, [role=tab], [role=switch]");
    for (const control of controls) {
      if (!isShown(control)) continue;
      const whole = control.getBoundingClientRect();
      const { left, top, width, height } = visibleBox(control);
      // Scrolled out of sight, wholly or for the most part.
      if (width < whole.width / 2 || height < whole.height / 2 || width < 2 || height < 2) continue;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      const own = hit && (control.contains(hit) || hit.contains(control) || hit.closest("label")?.contains(control));
      if (!own) faults.push(`${nameOf(control)} is covered by ${hit ? nameOf(hit) : "nothing"}`);
      // The label around a radio button is what one presses.
      if (whole.width > 1 && whole.width < 24 && !control.closest("label"))
        faults.push(`${nameOf(control)} is ${Math.round(whole.width)} px wide`);
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set<Element>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || node.textContent?.trim() === "" || seen.has(element) || !isShown(element)) continue;
      seen.add(element);
      const style = getComputedStyle(element);
      const cuts = style.overflowX === "hidden" || style.overflowX === "clip";
      const says = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
      if (cuts && !says && element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 2)
        faults.push(`the text of ${nameOf(element)} is cut`);
      // A part of a line that ends in an ellipsis.
      const shortened = [element.parentElement, element.parentElement?.parentElement].some(
        (around) => around && getComputedStyle(around).textOverflow === "ellipsis",
      );
      if (shortened) continue;
      const box = element.getBoundingClientRect();
      let isScrolled = false;
      for (let at = element.parentElement; at && !isScrolled; at = at.parentElement)
        isScrolled = /auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth;
      if (box.width > 2 && !isScrolled && (box.left < -1 || box.right > innerWidth + 1))
        faults.push(`${nameOf(element)} sticks out of the window`);
    }
    return faults;
  });
}
