import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Address, addressOf, PART_MARKS, readAddress } from '../../src/model/address.ts';

const report = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.record({
    kind: fc.constant('part' as const),
    report,
    part: fc.constantFrom(...PART_MARKS),
  }),
  fc.record({ kind: fc.constantFrom('sources' as const, 'ask' as const), report }),
);

describe('the address of a button', () => {
  it('is read as what it was written for, and fits every platform', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const carried = addressOf(address);
        expect(carried).toMatch(/^[\x21-\x7e]{1,64}$/);
        expect(readAddress(carried)).toEqual(address);
      }),
    );
  });

  it('is nothing where it was never on a button of ours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (carried) => {
        const address = readAddress(carried);
        expect(address && addressOf(address)).toBe(address && carried);
      }),
    );
  });

  it.each([
    '',
    'part:1',
    'part:1:',
    'part:1:J',
    'part:1:VI',
    'part:1:VV',
    'part:1:a',
    'part:0:A',
    'part:01:A',
    'part:-1:A',
    'part:2147483648:A',
    'part:9999999999:A',
    'part:1:A:B',
    'part:1:A\n',
    ' sources:1',
    'sources:1:A',
    'sources:',
    'ask:1e3',
    'ask:１',
    'delete:1',
    `sources:${'1'.repeat(10_000)}`,
  ])('is nothing where something is wrong with it: %j', (carried) => {
    expect(readAddress(carried)).toBeNull();
  });
});
