/** The address of the emulated machine that the daemon runs on, on its own network. */
export const HOST_ADDRESS = '192.168.65.3'

/** The name server that it asks. */
export const HOST_RESOLVER = '192.168.65.7'

/** `host-gateway` of `--add-host`: the host on the default bridge. */
export const HOST_GATEWAY = '172.17.0.1'

/** The stack of the host itself, which `--network host` shares. */
export const HOST_STACK = 'host'
