import type { FontPackage } from '../../cloud/fonts.ts';
import { bad, type Check, type Finding, good } from './finding.ts';

const NAME = 'fonts';

/** Whether pictures can be drawn, and with what letters. */
export const fonts: Check = {
  name: NAME,
  async look() {
    try {
      const { missingFonts } = await import('../../cloud/fonts.ts'); // loads the drawing library
      return [judgeFonts(missingFonts())];
    } catch {
      return [bad(NAME, 'the drawing library does not load', 'Run ./setup again.')];
    }
  },
};

/** Says what a lack of font packages means. */
export function judgeFonts(missing: readonly FontPackage[]): Finding {
  const names = (packages: readonly FontPackage[]) => packages.map((each) => each.package);
  const needed = missing.filter(({ optional }) => !optional);
  if (needed.length > 0) {
    return bad(NAME, `${names(needed).join(' and ')} is not installed`, 'Run ./setup again.');
  }
  return missing.length === 0
    ? good(NAME, 'all are installed')
    : good(
        NAME,
        `those needed are installed; without ${names(missing).join(' and ')} pictures have no Hangul`,
      );
}
