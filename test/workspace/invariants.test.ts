import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** One source file: its path in the repository, and its text. */
interface Source {
  readonly file: string;
  readonly text: string;
}

/** What ARCHITECTURE.md says that a file must not do. */
interface Invariant {
  readonly name: string;
  /** Files it speaks of. */
  readonly concerns: RegExp;
  /** Files of those that it leaves alone. */
  readonly except?: RegExp;
  readonly forbids: (source: Source) => boolean;
  /** A file that breaks it: an invariant that nothing can break guards nothing. */
  readonly broken: Source;
}

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\(\s*)['"]([^'"\n]+)['"]/g;

const importsOf = ({ text }: Source): string[] =>
  [...text.matchAll(IMPORT)].map(([, name]) => name ?? '');

const imports = (pattern: RegExp) => (source: Source) =>
  importsOf(source).some((name) => pattern.test(name));

const mentions =
  (pattern: RegExp) =>
  ({ text }: Source) =>
    pattern.test(withoutComments(text));

const withoutComments = (text: string) => text.replace(/\/\*.*?\*\/|(?<!:)\/\/.*$/gms, '');

/** The folder of the package a file belongs to. */
const packageOf = (file: string): string =>
  /^(infra\/fingerprint|infra|proto|test|services\/[^/]+)/.exec(file)?.[0] ?? '';

const leavesItsPackage = (source: Source): boolean =>
  importsOf(source).some(
    (name) =>
      /^@driftless\/[^/]+\/(?!package\.json$|recommendations\.proto$|test-authority$)/.test(name) ||
      (name.startsWith('.') &&
        packageOf(path.posix.join(path.posix.dirname(source.file), name)) !==
          packageOf(source.file)),
  );

const TESTS = /\.(test|bench)\.ts$|\/(testing|fixtures)\/|\/test-|^test\//;
const PURE =
  /^(services\/(catalog|recommendations\/ranking)\/|infra\/(fingerprint\/|environments\/|policy\/(?!policy\.ts)|cluster\/(firewall|node-permissions)|network\/(cidr|subnet-plan)|nodes\/(disk-budget|limits|template|node-values)\.ts))/;

const INVARIANTS: Invariant[] = [
  {
    name: 'pure folders do no I/O, read no clock, no environment, and import no framework',
    concerns: PURE,
    except: TESTS,
    forbids: (source) =>
      imports(/^(?!\.|@driftless\/(catalog|fingerprint)$|node:crypto$|zod$)/)(source) ||
      mentions(/\b(process\.|Date\.now|new Date\(\)|Math\.random|performance\.)/)(source),
    broken: { file: 'services/catalog/catalog.ts', text: 'export const at = Date.now();' },
  },
  {
    name: 'services import nothing of infra but the fingerprint',
    concerns: /^services\//,
    forbids: imports(/^@driftless\/infra/),
    broken: { file: 'services/catalog/catalog.ts', text: "import { x } from '@driftless/infra';" },
  },
  {
    name: 'infra imports no service',
    concerns: /^infra\//,
    forbids: imports(/^@driftless\/(?!fingerprint$|infra$)/),
    broken: { file: 'infra/main.ts', text: "import { x } from '@driftless/marketplace';" },
  },
  {
    name: 'no package imports the inside of another',
    concerns: /^(infra|proto|services|test)\//,
    forbids: leavesItsPackage,
    broken: { file: 'services/local/main.ts', text: "import x from '../marketplace/app';" },
  },
  {
    name: 'only a main.ts touches the process',
    concerns: /^(infra|services)\//,
    except: new RegExp(`${TESTS.source}|/main\\.ts$`),
    forbids: mentions(/\bprocess\.(?!(version)\b)/),
    broken: { file: 'services/runtime/log.ts', text: 'const level = process.env.LOG_LEVEL;' },
  },
  {
    name: 'in the marketplace only the recommender knows gRPC',
    concerns: /^services\/marketplace\//,
    except: /^services\/marketplace\/recommender\//,
    forbids: imports(/^(@grpc\/|@driftless\/proto)/),
    broken: { file: 'services/marketplace/app.ts', text: "import x from '@grpc/grpc-js';" },
  },
  {
    name: 'only views.ts knows the template engine, and nothing renders a string as a template',
    concerns: /^services\//,
    except: /^services\/marketplace\/views\.ts$/,
    forbids: (source) => imports(/^nunjucks$/)(source) || mentions(/renderString/)(source),
    broken: {
      file: 'services/marketplace/app.ts',
      text: "import { Environment } from 'nunjucks';",
    },
  },
  {
    name: 'no template switches escaping off',
    concerns: /\.njk$/,
    forbids: ({ text }) => /\|\s*safe\b|autoescape/.test(text),
    broken: { file: 'services/marketplace/views/home.njk', text: '{{ title | safe }}' },
  },
  {
    name: 'providers are imported by resource, never by their index',
    concerns: /^infra\//,
    forbids: imports(/^@cdktf\/provider-[^/]+(\/lib(\/index)?)?$/),
    broken: { file: 'infra/main.ts', text: "import { vpc } from '@cdktf/provider-aws';" },
  },
  {
    name: 'a stack knows of another stack nothing but the type of its outputs',
    concerns: /^infra\/stacks\//,
    except: TESTS,
    forbids: ({ text }) =>
      [...text.matchAll(/^import (type )?\{([^}]*)\} from '\.\/([\w-]+)'/gm)].some(
        ([, type, names = '', from]) =>
          from !== 'driftless-stack' && !(type && /^ \w+Outputs $/.test(names)),
      ),
    broken: { file: 'infra/stacks/cluster.ts', text: "import { NetworkStack } from './network';" },
  },
  {
    name: 'the keys of the drift contract are written in one place',
    concerns: /^(infra|services)\//,
    except: /^infra\/fingerprint\//,
    forbids: mentions(/tfdrift\.jin\.dev/),
    broken: { file: 'infra/main.ts', text: "const key = 'tfdrift.jin.dev/enabled';" },
  },
];

function sourcesOf(folder: string): Source[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .filter((file) => /\.(ts|njk)$/.test(file) && !/(^|\/)(node_modules|dist|gen)\//.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

const breaks = ({ concerns, except, forbids }: Invariant, source: Source) =>
  concerns.test(source.file) && !except?.test(source.file) && forbids(source);

describe('the architecture', () => {
  const sources = ['infra', 'proto', 'services', 'test'].flatMap(sourcesOf);

  it.each(INVARIANTS)('holds: $name', (invariant) => {
    expect(breaks(invariant, invariant.broken)).toBe(true);
    expect(sources.some(({ file }) => invariant.concerns.test(file))).toBe(true);
    expect(sources.filter((source) => breaks(invariant, source)).map(({ file }) => file)).toEqual(
      [],
    );
  });
});
