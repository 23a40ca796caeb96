import * as fc from 'fast-check';
import { inputs, type InputKind } from './earlierVideo';
import { fault } from './fault';
import { passing, refusing, type ProxyBehaviour } from './proxy';
import { rarely } from './rarely';
import type { ItemPlan, Schedule } from './schedule';

const often = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
	fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: other });

const item: fc.Arbitrary<ItemPlan> = fc.record({
	faults: fc.array(fault, { maxLength: 4 }),
	nobodyListens: fc.oneof(
		{ weight: 19, arbitrary: fc.constant(false) },
		{ weight: 1, arbitrary: fc.constant(true) },
	),
	input: often<InputKind>('conversation', fc.constantFrom(...(Object.keys(inputs) as InputKind[]))),
	proxy: fc.oneof(
		{ weight: 15, arbitrary: fc.constant<ProxyBehaviour>('none') },
		{ weight: 4, arbitrary: fc.constantFrom<ProxyBehaviour>(...passing) },
		{ weight: 2, arbitrary: fc.constantFrom<ProxyBehaviour>(...refusing) },
	),
});

/** Any schedule; shrinks towards one item, one try, no fault. */
export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
	seed: fc.nat(1_000_000),
	items: fc.oneof(
		{ weight: 3, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
		{ weight: 1, arbitrary: fc.array(item, { minLength: 4, maxLength: 8, size: 'max' }) },
	),
	operation: often<Schedule['operation']>('generate', fc.constant('modify')),
	downloadVideo: often(false, fc.constant(true)),
	onError: fc.constantFrom<Schedule['onError'][]>(
		'stopWorkflow',
		'continueRegularOutput',
		'continueErrorOutput',
	),
	tries: often(1, fc.integer({ min: 2, max: 5 })),
	ledgerIs: fc.oneof(
		{ weight: 9, arbitrary: fc.constant<Schedule['ledgerIs']>('kept') },
		{ weight: 1, arbitrary: fc.constantFrom('gone', 'of another version', 'half', 'text') },
	),
	retryExecutions: fc.integer({ min: 0, max: 2 }),
	maxConcurrency: fc.integer({ min: 1, max: 4 }),
	recover: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(true) },
		{ weight: 1, arbitrary: fc.constant(false) },
	),
	maxTries: fc.integer({ min: 1, max: 3 }),
	timeout: fc.integer({ min: 20, max: 40 }),
	idleTimeout: fc.integer({ min: 12, max: 16 }),
	sealedAfter: often<number[]>([], fc.uniqueArray(fc.nat(20), { maxLength: 3 })),
	losesPrompt: fc.oneof(
		{ weight: 9, arbitrary: fc.constant(false) },
		{ weight: 1, arbitrary: fc.constant(true) },
	),
	linksElsewhere: fc.boolean(),
	stopAfter: rarely(12, fc.integer({ min: 0, max: 20 })),
	simplify: fc.boolean(),
});
