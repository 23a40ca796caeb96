import { releases } from '../../../scripts/n8n/releases';
import { release } from './startN8n';

/** For what an older n8n does not have, like an egress filter, or shows in other words, like its editor. */
export const onNewest = release === releases[0] ? describe : describe.skip;
