/** What the platform can decode it can encode, by trying every sequence of one and two bytes. */
export function encoderFor(encoding: string): (text: string) => Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let one = 0; one < 256; one += 1) learn(one);
  for (let one = 0x81; one < 0xff; one += 1)
    for (let two = 0x40; two < 0xff; two += 1) learn(one, two);
  return (text) =>
    Uint8Array.from(
      [...text].flatMap((character) => {
        const bytes = table.get(character);
        if (!bytes) throw new Error(`${encoding} has no ${character}`);
        return bytes;
      }),
    );
}
