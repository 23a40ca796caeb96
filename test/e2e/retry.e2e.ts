import { chain, chatVideo, itemsOf, trigger } from './support/chain';
import { useN8n } from './support/useN8n';

const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

describe('Retry On Fail', () => {
	const n8n = useN8n();

	it('does not send again what may have been charged', async () => {
		n8n.relay.next({ kind: 'reset', when: 'beforeHeaders', billed: true });

		const execution = await n8n.run(chain(trigger, chatVideo({}, retryOnFail)));

		expect(execution.status).toBe('error');
		expect(execution.error?.description).toContain('Submit Again');
		expect(n8n.relay.turns).toHaveLength(1);
		expect(n8n.relay.billed).toBe(1);
	});

	it('sends again what was refused free of charge', async () => {
		const refusal = { kind: 'status', status: 403, body: { error: { message: 'no' } } } as const;
		n8n.relay.next(refusal);

		const execution = await n8n.run(chain(trigger, chatVideo({}, retryOnFail)));

		expect(execution.status).toBe('success');
		expect(n8n.relay.turns).toHaveLength(2);
		expect(n8n.relay.billed).toBe(1);
	});

	it('gives finished items again without a request', async () => {
		n8n.relay.next(
			{ kind: 'generate' },
			{ kind: 'status', status: 403, body: { error: { message: 'no' } } },
		);

		const execution = await n8n.run(
			chain(
				trigger,
				itemsOf({ prompt: 'A cat' }, { prompt: 'A dog' }),
				chatVideo({ prompt: '={{ $json.prompt }}' }, retryOnFail),
			),
		);

		expect(execution.items('Chat Video').map(({ json }) => json.taskId)).toEqual(
			n8n.relay.bills.map(({ taskId }) => taskId),
		);
		expect(n8n.relay.turns.map(({ prompt }) => prompt)).toEqual(['A cat', 'A dog', 'A dog']);
		expect(n8n.relay.billed).toBe(2);
	});
});

describe('Retry of an execution', () => {
	const n8n = useN8n();

	it('asks for the task that was started, and pays for nothing again', async () => {
		n8n.relay.next(
			{ kind: 'generate' },
			{ kind: 'generate', cutAt: 'afterProgress', tasks: 'pending' },
		);
		const failed = await n8n.run(
			chain(
				trigger,
				itemsOf({ prompt: 'A cat' }, { prompt: 'A dog' }),
				chatVideo({ prompt: '={{ $json.prompt }}', options: { timeout: 5 } }),
			),
		);
		expect(failed.status).toBe('error');
		const task = n8n.relay.archive.task(n8n.relay.turns[1]?.taskId ?? '');
		if (task) task.behaviours = 'done';

		const retried = await n8n.retry(failed.id);

		expect(retried.error).toBeUndefined();
		expect(retried.items('Chat Video').map(({ json }) => json.taskId)).toEqual(
			n8n.relay.bills.map(({ taskId }) => taskId),
		);
		expect(n8n.relay.turns).toHaveLength(2);
		expect(n8n.relay.billed).toBe(2);
	});
});
