import { apiVersion, build, engineVersion, type Host } from '../host.ts'

/** `GET /version`. moby: Daemon.SystemVersion */
export function version({ kernel, architecture, minApiVersion }: Host): unknown {
  const { gitCommit, goVersion, builtAt, containerd, runc, init } = build
  return {
    Platform: { Name: '' },
    Components: [
      {
        Name: 'Engine',
        Version: engineVersion,
        Details: {
          ApiVersion: apiVersion,
          Arch: architecture,
          BuildTime: builtAt,
          Experimental: 'false',
          GitCommit: gitCommit,
          GoVersion: goVersion,
          KernelVersion: kernel,
          MinAPIVersion: minApiVersion,
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: containerd.version, Details: { GitCommit: containerd.commit } },
      { Name: 'runc', Version: runc.version, Details: { GitCommit: runc.commit } },
      { Name: 'docker-init', Version: init.version, Details: { GitCommit: init.commit } },
    ],
    Version: engineVersion,
    ApiVersion: apiVersion,
    MinAPIVersion: minApiVersion,
    GitCommit: gitCommit,
    GoVersion: goVersion,
    Os: 'linux',
    Arch: architecture,
    KernelVersion: kernel,
    BuildTime: builtAt,
  }
}
