/**
 * Says on another page that something on this device waits to be sent.
 *
 * <div data-controller="unsent-notice" data-place="ACCOUNT" hidden>…</div>
 */
import { isAnyWaiting } from "../sealed_drafts";

export function unsentNotice(element: HTMLElement): void {
  element.hidden = !isAnyWaiting(element.dataset["place"] ?? "");
}
