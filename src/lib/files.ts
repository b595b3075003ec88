import * as fs from 'node:fs/promises';

/** Whether something lies there that we may see. */
export async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

/** For `.catch`: lets failures with one of these codes pass, and throws every other. */
export function ignoreCode(...codes: string[]): (error: unknown) => void {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!codes.includes(code)) throw error;
  };
}
