import type { ParameterExpansionPart, ParameterOperation, Word as ParsedWord } from 'unbash'
import type { Operation, Part, Word } from '../tree.ts'
import { quotedText } from './literal.ts'
import { BRACES, type Context, isParameterName, PLAIN, partsOf, word } from './word.ts'

const BAD: Part = { type: 'bad' }

/** `${…}`; what bash has beyond ash is a bad substitution. */
export function lowerParameter(part: ParameterExpansionPart, context: Context): Part {
  const { parameter: name, prefix, index, operation } = part
  if (!isParameterName(name) || index || prefix === '!') return BAD
  const quoted = context.double !== undefined
  if (prefix === '#') return operation ? BAD : { type: 'parameter', name, quoted, operation: { type: 'length' } }
  if (!operation) return { type: 'parameter', name, quoted, operation: undefined }
  const lowered = lowerOperation(operation, quoted)
  return lowered ? { type: 'parameter', name, quoted, operation: lowered } : BAD
}

function lowerOperation(operation: ParameterOperation, quoted: boolean): Operation | undefined {
  const operand = (source: ParsedWord) => word(partsOf(source, quoted ? BRACES : PLAIN))
  switch (operation.type) {
    case 'Default': {
      const colon = operation.operator.length > 1
      return { type: 'default', operator: operation.operator.slice(-1), colon, word: operand(operation.operand) }
    }
    case 'Remove': {
      const { operator } = operation
      const longest = operator.length > 1
      return { type: 'trim', end: operator[0] === '%', longest, pattern: word(partsOf(operation.operand, PLAIN)) }
    }
    case 'Replace': {
      const all = operation.operator === '//'
      const by = word(partsOf(operation.replacement, quoted ? BRACES : PLAIN))
      return { type: 'replace', all, pattern: replaced(operation.operator, operation.pattern), by }
    }
    case 'Slice':
      return { type: 'slice', offset: operand(operation.offset), length: operation.length && operand(operation.length) }
    default:
      return undefined
  }
}

/** To ash, the `#` of `${x/#a/b}` belongs to the pattern. */
function replaced(operator: string, pattern: ParsedWord): Word {
  const anchor = operator === '/#' || operator === '/%' ? [quotedText(operator[1]!)] : []
  return word([...anchor, ...partsOf(pattern, PLAIN)])
}
