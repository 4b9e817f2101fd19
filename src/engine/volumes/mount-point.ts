/** A resolved mount of a container, as `Mounts` of inspect tells it. */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs'
  /** The volume's name; empty for the others. */
  readonly name: string
  /** The place on the emulated host. */
  readonly source: string
  readonly destination: string
  readonly driver: string
  readonly mode: string
  readonly rw: boolean
  readonly propagation: string
  /** Fill a fresh volume from the image at the first start. */
  readonly copyUp: boolean
  /** Created for this container and nameless: `rm -v` takes it along. */
  readonly anonymous: boolean
}
