import { splitWords } from './words';

test.each([
  ['splits at spaces and punctuation', 'Gödel, Escher, Bach', ['godel', 'escher', 'bach']],
  ['keeps digits', '2001: A Space Odyssey', ['2001', 'a', 'space', 'odyssey']],
  ['joins over apostrophes, straight or curly', "Ender's L’Engle", ['enders', 'lengle']],
  [
    'plains letters that do not decompose',
    'Søren Stanisław ßæœđı',
    ['soren', 'stanislaw', 'ssaeoedi'],
  ],
  [
    'treats composed and decomposed accents alike',
    'Bronte\u0308 Bront\u00eb',
    ['bronte', 'bronte'],
  ],
  ['keeps a Japanese run as one word', '海辺のカフカ', ['海辺のカフカ']],
  ['finds no word in punctuation and emoji', ' … !? 📚 ', []],
  ['finds no word in nothing', '', []],
])('%s', (_, text, words) => {
  expect(splitWords(text)).toEqual(words);
});
