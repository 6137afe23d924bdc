/** How numbers are written on this page: its locale and its numerals. */
export interface Wording {
  readonly number: (value: number) => string;
  readonly year: (date: Date) => string;
}

/**
 * Read the wording from `data-locale` and `data-numerals`, e.g. "km" and "khmr".
 *
 * Browsers know the digits of every script but not every language (Chromium knows no Khmer): hence the
 * numerals as an option beside English, and names of months ready-made by the server.
 */
export function wordingOf(element: HTMLElement): Wording {
  const locales = [element.dataset["locale"] ?? "en", "en"];
  const numberingSystem = element.dataset["numerals"] ?? "latn";
  const number = new Intl.NumberFormat(locales, { maximumFractionDigits: 0, numberingSystem });
  const year = new Intl.NumberFormat(locales, { useGrouping: false, numberingSystem });
  return {
    number: (value) => number.format(value),
    year: (date) => year.format(date.getUTCFullYear()),
  };
}
