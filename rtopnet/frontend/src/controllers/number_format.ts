/** How numbers and months are written on this page: its locale and its numerals. */
export interface Wording {
  readonly number: (value: number) => string;
  readonly month: (iso: string) => string;
  readonly year: (date: Date) => string;
}

/** Read the wording from `data-locale` and `data-numerals`, e.g. "km" and "khmr". */
export function wordingOf(element: HTMLElement): Wording {
  const locale = `${element.dataset["locale"] ?? "en"}-u-nu-${element.dataset["numerals"] ?? "latn"}`;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  return {
    number: (value) => number.format(value),
    month: (iso) => month.format(new Date(iso)),
    year: (date) => year.format(date),
  };
}
