import { App, Aspects, TerraformStack } from 'cdktf';
import type { Environment } from './environments/environment';
import { Policy } from './policy/policy';
import { ClusterStack } from './stacks/cluster';
import { NetworkStack } from './stacks/network';
import { StateStack } from './stacks/state';

/** The program as constructs: every stack of the environment, in the order in which they are applied. */
export function createApp(environment: Environment, outdir: string): App {
  // Stack traces hold absolute paths: the output would differ from folder to folder.
  const app = new App({ outdir, stackTraces: false });
  new StateStack(app, 'state', { environment });
  const network = new NetworkStack(app, 'network', { environment });
  new ClusterStack(app, 'cluster', { environment, network: network.outputs });
  // Aspects of the app itself are never asked, so each stack gets its own.
  for (const stack of app.node.children.filter(TerraformStack.isStack)) {
    Aspects.of(stack).add(new Policy());
  }
  return app;
}
