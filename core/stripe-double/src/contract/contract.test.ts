import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fingerprint, GENERATED } from '../../tools/fingerprint.ts';
import { parseForm } from '../http/form.ts';
import { IMPLEMENTED } from '../implemented.ts';
import { events } from '../resources/events.ts';
import { testClocks } from '../resources/test-clocks.ts';
import { ROUTES } from '../routes.ts';
import { type Contract, type ParameterSchema, RouteTable, readContract } from './contract.ts';
import { ParameterReader } from './parameters.ts';
import { Support } from './support.ts';

const contract = readContract();
const nothing = () => undefined;
const routes = [...ROUTES, ...events(() => 0), ...testClocks(nothing, nothing)];

describe('the generated contract', () => {
  test('is that of the installed SDK and of the routes that are implemented', () => {
    const written = JSON.parse(readFileSync(GENERATED, 'utf8')) as Contract;
    expect(written.fingerprint, 'run `node core/stripe-double/tools/generate.ts`').toBe(fingerprint());
  });

  test('every route that is said to be implemented is, and no other', () => {
    expect(routes.map((route) => route.name).sort()).toEqual([...IMPLEMENTED].sort());
    expect(Object.keys(contract.routes).sort()).toEqual([...IMPLEMENTED].sort());
  });

  test('handlers heed only parameters that the SDK knows', () => {
    const unknown: string[] = [];
    for (const route of routes) {
      for (const name of route.support.names) {
        if (!exists(contract, contract.routes[route.name] ?? {}, name.split('.')))
          unknown.push(`${route.name}: ${name}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});

function exists(whole: Contract, schema: ParameterSchema, path: readonly string[]): boolean {
  const plain = schema.$ref === undefined ? schema : (whole.parts[Number(schema.$ref)] ?? {});
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (plain.anyOf !== undefined) return plain.anyOf.some((one) => exists(whole, one, path));
  if (plain.items !== undefined) return exists(whole, plain.items, path);
  const child = plain.properties?.[name];
  return child !== undefined && exists(whole, child, rest);
}

describe('routes', () => {
  const table = new RouteTable(contract.known);
  test.each([
    ['GET', '/v1/customers/cus_1', 'GET /v1/customers/{}', ['cus_1']],
    ['GET', '/v1/customers/search', 'GET /v1/customers/search', []],
    ['POST', '/v1/invoices/create_preview', 'POST /v1/invoices/create_preview', []],
    ['GET', '/v1/transfers/tr_1/reversals/trr_1', 'GET /v1/transfers/{}/reversals/{}', ['tr_1', 'trr_1']],
  ])('%s %s', (method, path, name, ids) => {
    expect(table.match(method, path)).toEqual({ name, ids });
  });

  test.each([
    ['PUT', '/v1/customers/cus_1'],
    ['GET', '/v1/customers/'],
    ['POST', '/v1/nothing'],
    ['GET', '/v1'],
  ])('%s %s is none', (method, path) => {
    expect(table.match(method, path)).toBeUndefined();
  });
});

describe('parameters', () => {
  const reader = new ParameterReader(contract.parts);
  const read = (route: string, form: string) => reader.read(contract.routes[route] ?? {}, parseForm(form));

  test('take the kinds that the SDK gives them', () => {
    const form = 'customer=cus_1&items[0][price]=price_1&items[0][quantity]=2&cancel_at_period_end=true&metadata[a]=1';
    expect(read('POST /v1/subscriptions', form)).toEqual({
      customer: 'cus_1',
      items: [{ price: 'price_1', quantity: 2 }],
      cancel_at_period_end: true,
      metadata: { a: '1' },
    });
    expect(read('POST /v1/subscriptions', 'customer=c&trial_end=now')).toMatchObject({ trial_end: 'now' });
    expect(read('POST /v1/subscriptions', 'customer=c&trial_end=1800000000')).toMatchObject({ trial_end: 1800000000 });
    expect(read('POST /v1/prices', 'currency=eur&unit_amount_decimal=0.25')).toMatchObject({
      unit_amount_decimal: '0.25',
    });
    expect(read('POST /v1/coupons', 'percent_off=12.5')).toEqual({ percent_off: 12.5 });
    expect(read('POST /v1/customers/{}', 'name=&metadata=')).toEqual({ name: '', metadata: '' });
    expect(read('GET /v1/prices', 'lookup_keys[]=a&lookup_keys[]=b')).toEqual({ lookup_keys: ['a', 'b'] });
  });

  test.each([
    ['POST /v1/customers', 'foo=1', 'parameter_unknown', 'foo'],
    ['POST /v1/customers', 'invoice_settings[foo]=1', 'parameter_unknown', 'invoice_settings[foo]'],
    ['POST /v1/customers', '__proto__[a]=1', 'parameter_unknown', '__proto__'],
    ['POST /v1/customers', 'constructor=1', 'parameter_unknown', 'constructor'],
    ['POST /v1/prices', 'unit_amount=5', 'parameter_missing', 'currency'],
    ['POST /v1/prices', 'currency=', 'parameter_invalid_empty', 'currency'],
    ['POST /v1/payment_intents', 'amount=1.5&currency=eur', 'parameter_invalid_integer', 'amount'],
    ['POST /v1/payment_intents', 'amount=1e3&currency=eur', 'parameter_invalid_integer', 'amount'],
    ['POST /v1/payment_intents', 'amount=5&currency=eur&capture_method=later', undefined, 'capture_method'],
    ['POST /v1/payment_intents', 'amount=5&currency=eur&confirm=yes', undefined, 'confirm'],
    ['POST /v1/subscriptions', 'customer=c&items=price_1', undefined, 'items'],
    ['POST /v1/subscriptions', 'customer=c&items[x][price]=price_1', undefined, 'items'],
    ['POST /v1/subscriptions', 'customer=c&items[0][pric]=p', 'parameter_unknown', 'items[0][pric]'],
    ['POST /v1/prices', 'currency=eur&unit_amount_decimal=1e5', undefined, 'unit_amount_decimal'],
  ])('%s refuses %s', (route, form, code, param) => {
    expect(() => read(route, form)).toThrow(
      expect.objectContaining({
        status: 400,
        details: expect.objectContaining(code === undefined ? { param } : { code, param }),
      }),
    );
  });

  test('what a handler would ignore is refused by name', () => {
    const support = new Support('items.price customer');
    expect(() => support.demand('POST /x', { customer: 'c', items: [{ price: 'p' }] })).not.toThrow();
    expect(() => support.demand('POST /x', { items: [{ price: 'p', quantity: 1 }] })).toThrow('items.quantity');
    expect(() => support.demand('POST /x', { other: 1 })).toThrow('the parameter other of POST /x');
  });

  test.each([`a${'[b]'.repeat(30)}=1`, Array.from({ length: 5000 }, (_, i) => `a${i}=1`).join('&')])(
    'bodies beyond all measure are refused',
    (body) => {
      expect(() => parseForm(body)).toThrow(RangeError);
    },
  );
});
