import { ChatError } from '../../nodes/ChatVideo/chat/errors';
import { createLedger } from '../../nodes/ChatVideo/call/ledger';
import { submit } from '../../nodes/ChatVideo/call/submit';
import type { Services } from '../../nodes/ChatVideo/call/underway';
import type { HttpClient } from '../../nodes/ChatVideo/transport/httpClient';
import { turnsUntil } from '../support/turnsUntil';

const unreachable = new ChatError('unavailable', 'nothing listens there', { billing: 'none' });

/** A client whose requests never leave. */
const client: HttpClient = {
	send: () => Promise.reject(unreachable),
	toStream: () => {
		throw new Error('There is no file');
	},
	close: () => {},
};

const call = { run: 0, item: 0, digest: 'digest', wording: '', execution: '' };

const never = new Promise<never>(() => {});

function start(services: Partial<Services>, timeout = 60_000, recover = true): Promise<unknown> {
	const turn = {
		url: 'https://relay.example/v1/chat/completions',
		headers: {},
		body: '{}',
		model: 'sora-2',
		prompt: 'A cat',
		messages: [],
		maxSize: 0,
	};
	const submission = {
		turn,
		baseUrl: 'https://relay.example',
		apiKey: 'sk-test',
		call,
		timeout,
		idleTimeout: 60_000,
		recover,
		submitAgain: false,
		maxTries: 3,
	};
	return submit(submission, {
		client,
		ledger: createLedger({}),
		cancel: undefined,
		allows: () => Promise.resolve(true),
		saved: () => Promise.resolve(),
		onTask: () => {},
		onProgress: () => {},
		...services,
	}).catch((cause: unknown) => cause);
}

describe.each<[string, Partial<Services>]>([
	['n8n’s policy is asked', { allows: () => never }],
	['the next free try is waited for', {}],
])('while %s nothing is on its way', (_, services) => {
	it('so Stop ends it at once, and free', async () => {
		const stop = new AbortController();
		const ending = start({ ...services, cancel: stop.signal });
		await new Promise((resolve) => setTimeout(resolve, 100));
		stop.abort();
		expect(await turnsUntil(ending)).toBeLessThan(20);
		expect(await ending).toMatchObject({ kind: 'cancelled', facts: { billing: 'none' } });
	});

	it('so the timeout ends it, and free', async () => {
		expect(await start(services, 150)).toMatchObject({ facts: { billing: 'none' } });
	});
});

it('a request is in the ledger before it leaves', async () => {
	const ledger = createLedger({});
	const seen: unknown[] = [];
	const send = (): Promise<never> => {
		seen.push(ledger.find(call));
		return Promise.reject(new ChatError('quota', 'no credit', { billing: 'none' }));
	};
	await start({ ledger, client: { ...client, send } });
	expect(seen).toEqual([{ ...call, state: 'sent' }]);
});

it('an address that n8n’s policy refuses is not asked, and that is free', async () => {
	const send = jest.fn(client.send);
	const ending = start({ client: { ...client, send }, allows: () => Promise.resolve(false) });
	expect(await ending).toMatchObject({ kind: 'unsafeUrl', facts: { billing: 'none' } });
	expect(send).not.toHaveBeenCalled();
});

it('a task that an earlier try has started says so where it is not asked for', async () => {
	const ledger = createLedger({});
	ledger.record(call, { state: 'task', task: { taskId: 'task_01k7' } });
	const ending = start({ ledger }, 60_000, false);
	expect(await ending).toMatchObject({ facts: { billing: 'started', fromEarlierTry: true } });
});
