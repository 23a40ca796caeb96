import { createRequire } from 'node:module';
import { join } from 'node:path';

const requirePeer = createRequire(join(__dirname, '..', 'bench', 'package.json'));

/**
 * Loads what the benchmark compares with, from a folder of its own. What the compiler is to know
 * of it is said by whoever loads it, as this project is compiled without those packages.
 */
export const load = <T>(name: string): T => requirePeer(name) as T;
