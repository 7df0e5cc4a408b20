import { HELP, parseCommandLine } from './command-line';

test('nothing is asked for by default', () => {
  expect({ ...parseCommandLine([]) }).toEqual({ help: false, verbose: false, watch: false });
});

test('each option asks for one thing', () => {
  expect({ ...parseCommandLine(['--help']) }).toMatchObject({ help: true, watch: false });
  expect({ ...parseCommandLine(['--watch', '--verbose']) }).toEqual({
    help: false,
    verbose: true,
    watch: true,
  });
});

test('the help names every option', () => {
  for (const name of Object.keys(parseCommandLine([])).filter((name) => name !== 'help')) {
    expect(HELP).toContain(`--${name}  `);
  }
});

test.each([
  [['--wach'], "Unknown option '--wach': --help lists the options"],
  [['-x'], "Unknown option '-x': --help lists the options"],
  [['now'], "Unexpected argument 'now': --help lists the options"],
  [['--verbose=2'], "Option '--verbose' does not take an argument: --help lists the options"],
])('%j is answered with one line', (args, message) => {
  expect(() => parseCommandLine(args)).toThrow(expect.objectContaining({ message }));
});
