import { answersEachItem } from './answersEachItem';
import { closesItsSockets } from './closesItsSockets';
import { endsInTime } from './endsInTime';
import { givesTheVideo } from './givesTheVideo';
import type { Invariant } from './invariant';
import { keepsTheKey } from './keepsTheKey';
import { keepsVideosApart } from './keepsVideosApart';
import { losesNothing } from './losesNothing';
import { paysOnce } from './paysOnce';
import { chargesAsSaid } from './chargesAsSaid';

/** What must be true whatever happens. */
export const invariants: readonly Invariant[] = [
	paysOnce,
	losesNothing,
	chargesAsSaid,
	givesTheVideo,
	keepsVideosApart,
	answersEachItem,
	endsInTime,
	keepsTheKey,
	closesItsSockets,
];
