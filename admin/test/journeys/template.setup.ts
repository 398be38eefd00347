import { rmSync } from 'node:fs';
import { Product } from './product.ts';

/**
 * The product with its demo data, made once: each file of journeys goes on with a copy. Making the demo takes longer
 * than most journeys.
 */
export default async function setup(): Promise<() => void> {
  const folder = await Product.prepare();
  process.env.BAZAAR_JOURNEY_TEMPLATE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
