// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.


export interface ServerIdentity {
  'pod'?: (string);
  'node'?: (string);
  'zone'?: (string);
  'version'?: (string);
  'commit'?: (string);
}

export interface ServerIdentity__Output {
  'pod': (string);
  'node': (string);
  'zone': (string);
  'version': (string);
  'commit': (string);
}
