export async function tour(_args: string[]): Promise<number> {
  return 0
}
