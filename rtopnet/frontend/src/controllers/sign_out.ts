/**
 * Signing out leaves nothing of unsent forms on the device.
 *
 * <form data-controller="sign-out"><button>Sign out</button></form>
 */
import { forgetAll } from "../sealed_drafts";

export function signOut(element: HTMLElement): void {
  element.addEventListener("submit", forgetAll);
}
