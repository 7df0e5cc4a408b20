import i18next, { type TFunction } from 'i18next';
import en from './en.json';
import ja from './ja.json';

/** The languages the pages are written in; the first is the fallback. */
export const LOCALES = ['en', 'ja'] as const;

/** One of {@link LOCALES}. */
export type Locale = (typeof LOCALES)[number];

const instance = i18next.createInstance();
void instance.init({
  resources: { en: { translation: en }, ja: { translation: ja } },
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  // Templates escape what they show.
  interpolation: { escapeValue: false },
});

const translators: Record<Locale, TFunction> = {
  en: instance.getFixedT('en'),
  ja: instance.getFixedT('ja'),
};

/** The function that says a key of `en.json` in `locale`. */
export const translator = (locale: Locale): TFunction => translators[locale];

/** `value` as a locale, if it is one. */
export function parseLocale(value: unknown): Locale | undefined {
  return LOCALES.find((locale) => locale === value);
}
