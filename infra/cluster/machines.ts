import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { namesOf } from '../environments/names';
import { renderUserData } from '../nodes/user-data';
import type { ClusterKey } from './cluster-key';
import { ControlPlanes } from './control-planes';
import { MachineGroup } from './machine-group';
import { MachineImage } from './machine-image';
import { type MachineRole, permissionsOf } from './node-permissions';
import { NodeRole } from './node-role';
import { NodeTemplate } from './node-template';
import type { SecurityGroups } from './security-groups';

export interface MachinesProps {
  readonly environment: Environment;
  readonly key: ClusterKey;
  readonly securityGroups: SecurityGroups;
  readonly subnetIds: readonly string[];
  /** Tags of every machine; see `DriftlessStack`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Two minutes' notice is all that a spot machine gets; the same must do for scaling in. */
const DRAIN_SECONDS = 120;

/** Control planes, workers and the runner. */
export class Machines extends Construct {
  readonly controlPlaneIds: readonly string[];
  private readonly image: MachineImage;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MachinesProps,
  ) {
    super(scope, id);
    this.image = new MachineImage(this, 'image', props.environment.machines);
    this.controlPlaneIds = this.createControlPlanes();
    this.createWorkers();
    this.createRunner();
  }

  private name(role: MachineRole): string {
    return `${namesOf(this.props.environment).cluster}-${role}`;
  }

  private tags(role: MachineRole): Readonly<Record<string, string>> {
    // The cloud controller and the autoscaler find the cluster's machines by this tag.
    const { cluster } = namesOf(this.props.environment);
    const kubernetes = role === 'runner' ? {} : { [`kubernetes.io/cluster/${cluster}`]: 'owned' };
    return { ...this.props.tags, role, ...kubernetes };
  }

  private template(role: MachineRole, kind: MachineKind): NodeTemplate {
    const { environment, key, securityGroups } = this.props;
    const name = this.name(role);
    const { profileName } = new NodeRole(this, `${role}-role`, {
      name,
      statements: permissionsOf(role, environment, key.arn),
    });
    return new NodeTemplate(this, `${role}-template`, {
      ...kind,
      name,
      imageId: this.image.imageId,
      rootDevice: this.image.rootDevice,
      keyArn: key.arn,
      profileName,
      securityGroupId: securityGroups.idOf(role),
      userData: renderUserData(role, environment),
      tags: this.tags(role),
    });
  }

  private createControlPlanes(): readonly string[] {
    const { environment, key, subnetIds } = this.props;
    const { controlPlane, region, network } = environment;
    const template = this.template('control-plane', { ...controlPlane, spot: false });
    return new ControlPlanes(this, 'control-planes', {
      ...controlPlane,
      name: this.name('control-plane'),
      keyArn: key.arn,
      template,
      zones: network.zones.map((letter) => `${region}${letter}`),
      subnetIds,
      tags: this.tags('control-plane'),
    }).instanceIds;
  }

  private createWorkers(): void {
    const { environment, key, subnetIds } = this.props;
    const { cluster } = namesOf(environment);
    new MachineGroup(this, 'workers', {
      ...environment.workers,
      name: this.name('worker'),
      subnetIds,
      template: this.template('worker', environment.workers),
      serviceLinkedRoleArn: key.scalingRoleArn,
      drainSeconds: DRAIN_SECONDS,
      tags: {
        ...this.tags('worker'),
        'k8s.io/cluster-autoscaler/enabled': 'true',
        [`k8s.io/cluster-autoscaler/${cluster}`]: 'owned',
      },
    });
  }

  private createRunner(): void {
    const { environment, key, subnetIds } = this.props;
    const { count } = environment.runner;
    new MachineGroup(this, 'runners', {
      name: this.name('runner'),
      min: count,
      desired: count,
      max: count,
      subnetIds,
      template: this.template('runner', { ...environment.runner, spot: false }),
      serviceLinkedRoleArn: key.scalingRoleArn,
      tags: this.tags('runner'),
    });
  }
}

/** What differs between the templates of the roles. */
interface MachineKind {
  readonly instanceType: string;
  readonly rootGb: number;
  readonly spot: boolean;
}
