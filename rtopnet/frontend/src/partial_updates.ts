/** htmx, for pages that ask for partial updates. Its settings stand in the page's `htmx-config` meta tag. */

import htmx from "htmx.org";

/** Start htmx; what it swaps in gets its controllers too. */
export function startPartialUpdates(connect: (root: HTMLElement) => void): void {
  htmx.onLoad((content) => {
    if (content instanceof HTMLElement) connect(content);
  });
  htmx.process(document.body);
}
