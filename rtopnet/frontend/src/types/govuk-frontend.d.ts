/** govuk-frontend ships no types; its components are classes on an element. */
declare module "govuk-frontend/dist/govuk/components/*.mjs" {
  class Behaviour {
    constructor(element: HTMLElement);
  }
  export {
    Behaviour as Button,
    Behaviour as ErrorSummary,
    Behaviour as NotificationBanner,
    Behaviour as PasswordInput,
    Behaviour as SkipLink,
    Behaviour as Tabs,
  };
}
