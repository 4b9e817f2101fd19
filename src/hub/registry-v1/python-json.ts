/** JSON as Python's json.dumps writes it with sorted keys: spaces after commas and colons, and nothing but ASCII. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, one]) => `${pythonJson(key)}: ${pythonJson(one)}`).join(', ')}}`
  }
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped)
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
