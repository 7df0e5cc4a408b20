import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { dev } from '../environments/dev';
import type { Environment } from '../environments/environment';
import { prod } from '../environments/prod';
import { synthesizedStacks } from '../testing/synthesized';
import { nodeFilesOf, unitsOf } from './node-files';
import { fillTemplate } from './template';
import { checkUserData, renderUserData } from './user-data';

const ROLES = ['control-plane', 'worker', 'runner'] as const;
const SCRIPTS = path.join(__dirname, 'scripts');

const cases = [dev, prod].flatMap((environment) =>
  ROLES.map((role) => [role, environment] as const),
);

function fileOf(role: (typeof ROLES)[number], name: string, environment: Environment = prod) {
  const file = nodeFilesOf(role, environment).find((candidate) => candidate.path.endsWith(name));
  return file?.content ?? '';
}

test.each(cases)('user data of a %s fits and writes every file it starts', (role, environment) => {
  const text = renderUserData(role, environment);
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  const { write_files } = JSON.parse(text.replace('#cloud-config\n', ''));
  const paths = new Set(write_files.map((file: { path: string }) => file.path));
  expect(paths.size).toBe(write_files.length);
  for (const unit of unitsOf(role)) expect(paths).toContain(`/etc/systemd/system/${unit}`);
  const units = write_files.map((file: { content: string }) => file.content).join('\n');
  for (const [script] of units.matchAll(/\/usr\/local\/lib\/driftless\/[a-z-]+\.sh/g)) {
    expect(paths).toContain(script);
  }
  for (const [, config] of units.matchAll(/\/etc\/driftless\/config\/([a-z-]+\.[a-z]+)/g)) {
    expect(paths).toContain(`/etc/driftless/config/${config}`);
  }
});

test.each(cases)('no placeholder is left in the files of a %s', (role, environment) => {
  for (const { content } of nodeFilesOf(role, environment)) {
    expect(content).not.toMatch(/__[a-z]\w*__|undefined|\[object/);
  }
});

test('a timer starts a script that is there', () => {
  for (const role of ROLES) {
    const files = nodeFilesOf(role, prod);
    for (const { path: file, content } of files.filter(({ path }) => path.endsWith('.timer'))) {
      const job = /^Unit=driftless@(.+)\.service$/m.exec(content)?.[1];
      expect(file).toContain(`driftless-${job}.timer`);
      expect(files.map((other) => other.path)).toContain(`/usr/local/lib/driftless/${job}.sh`);
    }
  }
});

test('user data that is too large fails with its size', () => {
  const noise = Array.from({ length: 300 }, (_, index) =>
    createHash('sha512').update(String(index)).digest('base64'),
  ).join('');
  expect(() => checkUserData('worker', noise)).toThrow(/at most 16384 bytes compressed, got \d{5}/);
});

test('a template names every value it lacks and takes none of several lines', () => {
  expect(() => fillTemplate('a.yaml', '__one__ __two__ __one__', {})).toThrow('for one, two');
  expect(() => fillTemplate('a.yaml', '__one__', { one: 'a\nb: c' })).toThrow('several lines');
  expect(fillTemplate('a.yaml', '__one__ $& __ONE__', { one: '$&' })).toBe('$& $& __ONE__');
});

test('the limits of the disk budget are those in the files', () => {
  const kubeadm = fileOf('control-plane', 'kubeadm.yaml');
  expect(kubeadm).toContain('{ name: audit-log-maxsize, value: "100" }');
  expect(kubeadm).toContain('{ name: audit-log-maxbackup, value: "10" }');
  expect(kubeadm).toContain('{ name: quota-backend-bytes, value: "2147483648" }');
  expect(kubeadm).toContain('containerLogMaxSize: 10Mi\ncontainerLogMaxFiles: 3\n');
  expect(fileOf('worker', 'journald.conf')).toContain('SystemMaxUse=500M');
});

test('all twelve checks that stock kubeadm misses are in the configuration or the hardening', () => {
  const kubeadm = fileOf('control-plane', 'kubeadm.yaml');
  for (const flag of [
    'kubelet-certificate-authority',
    'audit-log-path',
    'audit-log-maxage, value: "30"',
    'service-account-extend-token-expiration, value: "false"',
  ]) {
    expect(kubeadm).toContain(`{ name: ${flag}`);
  }
  expect(kubeadm.match(/name: profiling, value: "false"/g)).toHaveLength(3);
  const hardening = fileOf('control-plane', 'harden-files.sh');
  for (const file of ['/var/lib/kubelet/config.yaml', '10-kubeadm.conf', 'etcd:etcd']) {
    expect(hardening).toContain(file);
  }
});

test('no secret and no key pair reach a machine through its user data', () => {
  for (const [role, environment] of cases) {
    expect(renderUserData(role, environment)).not.toMatch(
      /PRIVATE KEY|AKIA[A-Z0-9]{16}|[a-z0-9]{6}\.[a-z0-9]{16}\b|ssh-(rsa|ed25519) /,
    );
  }
});

test('Terraform gives the machine the very text that was rendered', () => {
  const { cluster } = synthesizedStacks(prod);
  const local = Object.entries(cluster?.locals ?? {}).find(([name]) =>
    name.includes('control-plane'),
  );
  const unescaped = local?.[1].replaceAll('$${', () => '${').replaceAll('%%{', '%{');
  expect(unescaped).toBe(renderUserData('control-plane', prod));
});

test('every script is clean, runs with bash and stops at the first error', () => {
  const scripts = fs.readdirSync(SCRIPTS).map((name) => path.join(SCRIPTS, name));
  for (const script of scripts) {
    execFileSync('bash', ['-n', script]);
    const text = fs.readFileSync(script, 'utf8');
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n# \S/);
    if (!script.endsWith('aws.sh')) expect(text).toContain('\nset -euo pipefail\n');
  }
  const lint = spawnSync('shellcheck', ['-x', '-P', SCRIPTS, ...scripts], { encoding: 'utf8' });
  // The linter is no part of Node; `pnpm check` insists on it.
  if (lint.error === undefined) expect(lint.stdout).toBe('');
});
