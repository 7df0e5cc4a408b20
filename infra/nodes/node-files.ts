import fs from 'node:fs';
import path from 'node:path';
import type { MachineRole } from '../cluster/node-permissions';
import type { Environment } from '../environments/environment';
import { nodeValues } from './node-values';
import { fillTemplate } from './template';

/** A file as it lies on a machine. */
export interface NodeFile {
  /** Absolute. */
  readonly path: string;
  /** Octal: `0755`. */
  readonly mode: string;
  readonly content: string;
}

interface RoleFiles {
  readonly scripts: readonly string[];
  readonly config: readonly string[];
  /** Jobs that a timer starts: a script and a timer of that name. */
  readonly jobs: readonly string[];
  /** Services that always run. */
  readonly services: readonly string[];
}

const NODE_CONFIG = [
  'containerd.toml',
  'sysctl.conf',
  'modules.conf',
  'journald.conf',
  'unattended-upgrades.conf',
];
const NODE_SCRIPTS = ['aws', 'install-packages', 'configure-node', 'harden-files'];

const FILES: Readonly<Record<MachineRole, RoleFiles>> = {
  'control-plane': {
    scripts: [
      ...NODE_SCRIPTS,
      'mount-etcd',
      'start-control-plane',
      'install-etcd-tools',
      'restore-etcd',
    ],
    config: [...NODE_CONFIG, 'kubeadm.yaml', 'audit-policy.yaml', 'authentication.yaml'],
    jobs: [
      'mint-join',
      'approve-kubelet-certificates',
      'backup-etcd',
      'defragment-etcd',
      'check-certificates',
      'guard-disk',
    ],
    services: [],
  },
  worker: {
    scripts: [...NODE_SCRIPTS, 'join-worker', 'drain-node', 'watch-termination'],
    config: NODE_CONFIG,
    jobs: ['guard-disk', 'check-certificates', 'reboot-node'],
    services: ['driftless-watch-termination'],
  },
  runner: {
    scripts: [...NODE_SCRIPTS],
    config: NODE_CONFIG,
    jobs: ['start-runner', 'guard-disk'],
    services: [],
  },
};

/** Where the scripts lie on a machine; they call each other there. */
const SCRIPTS = '/usr/local/lib/driftless';
const CONFIG = '/etc/driftless/config';
const UNITS = '/etc/systemd/system';

const START_UNIT = 'driftless-start.service';

/** Units that a machine of that role starts, in order. */
export function unitsOf(role: MachineRole): readonly string[] {
  const { jobs, services } = FILES[role];
  return [
    START_UNIT,
    ...jobs.map((job) => `driftless-${job}.timer`),
    ...services.map((service) => `${service}.service`),
  ];
}

/** All files of a machine of that role, filled in. */
export function nodeFilesOf(role: MachineRole, environment: Environment): readonly NodeFile[] {
  const values = nodeValues(role, environment);
  const { scripts, config, jobs } = FILES[role];
  const read = (folder: string, name: string) =>
    fs.readFileSync(path.join(__dirname, folder, name), 'utf8');
  const filled = (folder: string, name: string, target: string): NodeFile => ({
    path: `${target}/${name}`,
    mode: '0644',
    content: fillTemplate(`infra/nodes/${folder}/${name}`, read(folder, name), values),
  });
  return [
    filled('config', 'node.env', '/etc/driftless'),
    ...config.map((name) => filled('config', name, CONFIG)),
    // Scripts know their cluster from node.env alone, so that they can be linted and run as they are.
    ...[...scripts, ...jobs].map((name) => ({
      path: `${SCRIPTS}/${name}.sh`,
      mode: '0755',
      content: read('scripts', `${name}.sh`),
    })),
    ...[...unitsOf(role), 'driftless@.service'].map((name) => filled('units', name, UNITS)),
  ];
}
