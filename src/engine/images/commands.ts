import type { Filters } from '../../http/filters.ts'

/** What can be asked of the domain, by operationId. */
export interface ImageCommands {
  /** `repo` and `tag` as the caller gave them; without a repo nothing happens. */
  ImageTag: { readonly name: string; readonly repo: string; readonly tag: string }
  /** `noprune`: parents without a name stay. */
  ImageDelete: { readonly name: string; readonly force: boolean; readonly noprune: boolean }
  ImagePrune: { readonly filters: Filters }
}
