/** A resolved mount of a container, as `Mounts` of inspect tells it. */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image'
  /** The volume's name; empty for the others, and for an anonymous one of `Binds`. */
  readonly name: string
  /** The place on the emulated host, or the id of an image; empty for a volume that only the config asked for. */
  readonly source: string
  readonly destination: string
  readonly driver: string
  readonly mode: string
  readonly rw: boolean
  readonly propagation: string
  /** Fill a fresh volume from the image. */
  readonly copyUp: boolean
  /** Created for this container and nameless: `rm -v` takes it along. */
  readonly anonymous: boolean
  /** The volume, also where `name` does not tell it; empty for the others. */
  readonly volume: string
  /** The part of the volume that shows; empty for the whole. */
  readonly subpath: string
  /** A bind whose source is not made where it is missing. */
  readonly mustExist: boolean
}
