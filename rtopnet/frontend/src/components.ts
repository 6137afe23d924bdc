/** The behaviours of GOV.UK Frontend that our templates use, wired by their `data-module`. */

import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Tabs } from "govuk-frontend/dist/govuk/components/tabs/tabs.mjs";

type Component = new (element: HTMLElement) => unknown;

const BY_MODULE: Readonly<Record<string, Component>> = {
  "govuk-button": Button,
  "govuk-error-summary": ErrorSummary,
  "govuk-notification-banner": NotificationBanner,
  "govuk-password-input": PasswordInput,
  "govuk-skip-link": SkipLink,
  "govuk-tabs": Tabs,
};

/** Give every `data-module` on the page its behaviour; the body's class tells the styles that there is one. */
export function startComponents(): void {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  document.querySelectorAll<HTMLElement>("[data-module]").forEach((element) => {
    const component = BY_MODULE[element.dataset["module"] ?? ""];
    if (component) new component(element);
  });
}
