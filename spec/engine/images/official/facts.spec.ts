import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { declareImage } from '../../../../src/engine/images/declare.ts'
import { layerOf, scratch } from '../../../../src/engine/images/layer.ts'
import { alpine } from '../../../../src/engine/images/official/alpine.ts'
import { busybox } from '../../../../src/engine/images/official/busybox.ts'
import { helloWorld } from '../../../../src/engine/images/official/hello-world.ts'
import { listing } from '../../../storage/listing.ts'

const file = new URL('../../../../src/engine/images/official/facts.ts', import.meta.url)
const written = () => readFileSync(file, 'utf8')

describe('what is written down of the first images', () => {
  // UPDATE_FACTS=1 writes it down anew.
  test.each(Object.entries({ busybox, alpine, helloWorld }))(
    'is what the layer of %s comes to',
    (name, declaration) => {
      const [layer, ...more] = declareImage(declaration).layers
      // What the bytes themselves say.
      const { diffId, contentSize } = layerOf(layer!.tar)
      const line = `  ${name}: { diffId: '${diffId}', contentSize: ${contentSize} },\n`
      if (process.env.UPDATE_FACTS) writeFileSync(file, written().replace(new RegExp(`^  ${name}: .*\n`, 'm'), line))
      expect(written()).toContain(line)
      expect(more).toEqual([])
      // Its files are made of its members, not of its bytes: they say the same.
      expect(listing(layer!.over(scratch))).toEqual(listing(layerOf(layer!.tar).over(scratch)))
    },
  )
})
