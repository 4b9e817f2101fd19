import type { LayerFacts } from '../layer.ts'

/**
 * What the layers of the images that every world begins with come to, so that none of them is made before somebody looks into it.
 * `UPDATE_FACTS=1 npx vitest run spec/engine/images/official/facts.spec.ts` writes it down anew.
 */
export const FACTS = {
  busybox: { diffId: 'sha256:9a9340b0ff3b100b5a84375614197544f96853770daa14649dd524440b51079e', contentSize: 587 },
  alpine: { diffId: 'sha256:3529c394e2ff4ec190250ef974ead1d6ba104a3eaece9c6fb6ebbc033b901f2a', contentSize: 983 },
  helloWorld: { diffId: 'sha256:9c5f87fb646838d8a6a5fbac253ab6f3d1b465cbe84d3dec04e2c76b17e11ab4', contentSize: 17 },
} as const satisfies Readonly<Record<string, LayerFacts>>
