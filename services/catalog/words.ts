/** Latin letters that Unicode does not decompose into a base letter and an accent. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  đ: 'd',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
};

/**
 * The words of `text` as search compares them: lower case, without accents or apostrophes
 * ("L'Étranger" is `letranger`), split at everything that is neither letter nor digit.
 * Scripts without spaces give one word per run of characters. Empty when there is no word.
 */
export function splitWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'‘’]/gu, '')
    .replace(/[æđıłøœß]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
