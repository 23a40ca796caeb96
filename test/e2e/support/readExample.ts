import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../../../scripts/n8n/Workflow';
import { root } from './root';

/** One of the workflows that come with this project. */
export const readExample = (name: string): Workflow =>
	JSON.parse(readFileSync(join(root, 'examples', `${name}.json`), 'utf8')) as Workflow;
