import { gzipSync } from 'node:zlib';
import type { MachineRole } from '../cluster/node-permissions';
import type { Environment } from '../environments/environment';
import { nodeFilesOf, unitsOf } from './node-files';

/** Of the compressed text, before base64. Source: EC2 user guide, "Instance user data". */
export const MAX_USER_DATA_BYTES = 16_384;

/**
 * Terraform compresses with another program than this check; the two differ by less than a percent.
 * Compressing here would make the output depend on the zlib of the machine.
 */
const OTHER_COMPRESSOR = 1.02;

/**
 * What a machine of that role does when it starts for the first time: cloud-init writes the files
 * and starts the units; everything else is theirs. JSON is YAML, so no value can break out of it.
 *
 * @throws {RangeError} when it would not fit into EC2's user data
 */
export function renderUserData(role: MachineRole, environment: Environment): string {
  const cloudConfig = {
    disable_root: true,
    ssh_pwauth: false,
    write_files: nodeFilesOf(role, environment).map(({ path, mode, content }) => ({
      path,
      permissions: mode,
      content,
    })),
    runcmd: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', '--no-block', ...unitsOf(role)],
    ],
  };
  const userData = `#cloud-config\n${JSON.stringify(cloudConfig, undefined, 1)}\n`;
  checkUserData(role, userData);
  return userData;
}

/** @throws {RangeError} with the size when the text, compressed, is too large for EC2 */
export function checkUserData(role: MachineRole, userData: string): void {
  const bytes = Math.ceil(gzipSync(userData).length * OTHER_COMPRESSOR);
  if (bytes > MAX_USER_DATA_BYTES) {
    throw new RangeError(
      `user data of ${role} must be at most ${MAX_USER_DATA_BYTES} bytes compressed, got ${bytes}: shorten its scripts in infra/nodes, or fetch one of them from S3`,
    );
  }
}
